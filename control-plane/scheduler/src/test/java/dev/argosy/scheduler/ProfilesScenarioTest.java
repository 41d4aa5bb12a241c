package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.topology.Services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Pods that name a profile by their schedulerName, as the page on scheduling has it. */
class ProfilesScenarioTest {

  private static Configuration configuration(String profiles) {
    return ConfigurationFile.read(
        TestPods.json(
            "{'apiVersion':'kubescheduler.config.k8s.io/v1','kind':'KubeSchedulerConfiguration',"
                + "'profiles':["
                + profiles
                + "]}"));
  }

  private static Board board(String profile) {
    return new Board(configuration("{'schedulerName':'mine'," + profile + "}").profiles());
  }

  private static String args(String plugin, String args) {
    return "'pluginConfig':[{'name':'" + plugin + "','args':{" + args + "}}]";
  }

  private static String mine(String rest) {
    return "{'schedulerName':'mine'" + (rest.isEmpty() ? "" : ",") + rest + "}";
  }

  private static String cores(String cpu) {
    return mine("'containers':[{'name':'c','resources':{'requests':{'cpu':'" + cpu + "'}}}]");
  }

  @Test
  void aProfileWithMostAllocatedFillsNodesAndOthersAreSpread() {
    Board board =
        board(
            args(
                    "NodeResourcesFit",
                    "'scoringStrategy':{'type':'MostAllocated',"
                        + "'resources':[{'name':'cpu','weight':1}]}")
                + ",'plugins':{'score':{'disabled':[{'name':'NodeResourcesBalancedAllocation'}]}}");
    board.node("n1", "").node("n2", "").node("n3", "");
    List<String> filled = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      filled.add(board.place(board.pod("m" + i, "{}", cores("1"))));
    }
    assertThat(Set.copyOf(filled)).hasSize(1);
    String first = board.place(board.pod("d1", "{}", "{}"));
    assertThat(first).isNotIn(filled).startsWith("n");
    assertThat(board.place(board.pod("d2", "{}", "{}"))).isNotIn(filled).isNotEqualTo(first);
  }

  @Test
  void aProfilesStrategyGoesOverTheLabelOfNodes() {
    Board board = board(args("NodeResourcesFit", "'scoringStrategy':{'type':'LeastAllocated'}"));
    board.node("n1", "argosy.dev/fill=pack").node("n2", "argosy.dev/fill=pack");
    board.on("n1", board.pod("there", "{}", cores("1")));
    assertThat(board.place(board.pod("a", "{}", cores("1")))).isEqualTo("n2");
  }

  @Test
  void aRatioPrefersWhatItsShapeSays() {
    Board board =
        board(
            args(
                    "NodeResourcesFit",
                    "'scoringStrategy':{'type':'RequestedToCapacityRatio',"
                        + "'resources':[{'name':'cpu'}],'requestedToCapacityRatio':{'shape':["
                        + "{'utilization':0,'score':0},{'utilization':50,'score':10},"
                        + "{'utilization':100,'score':0}]}}")
                + ",'plugins':{'score':{'disabled':[{'name':'NodeResourcesBalancedAllocation'}]}}");
    board.node("n1", "").node("n2", "").node("n3", "");
    board.on("n2", board.pod("a", "{}", cores("1")));
    board.on("n3", board.pod("b", "{}", cores("3")));
    assertThat(board.place(board.pod("c", "{}", cores("1")))).isEqualTo("n2");
  }

  @Test
  void aFilterThatIsDisabledRejectsNothing() {
    String taint = "{'taints':[{'key':'k','effect':'NoSchedule'}]}";
    Board board = board("'plugins':{'multiPoint':{'disabled':[{'name':'TaintToleration'}]}}");
    board.node("n1", "", taint);
    assertThat(board.place(board.pod("a", "{}", mine("")))).isEqualTo("n1");
    assertThat(board.place(board.pod("b", "{}", "{}"))).contains("untolerated taint");
  }

  @Test
  void whoMayNotPreemptWaits() {
    Board board = board("'plugins':{'postFilter':{'disabled':[{'name':'*'}]}}");
    board.node("n1", "").on("n1", board.pod("low", "{}", Board.cpu("4", 0)));
    String high = Board.cpu("4", 9);
    assertThat(board.preempt(board.pod("a", "{}", high)))
        .isInstanceOf(Preempting.Outcome.Evict.class);
    board.nominations.remove(board.pod("a", "{}", high).key());
    String named = "{'schedulerName':'mine'," + high.substring(1);
    assertThat(board.preempt(board.pod("b", "{}", named)))
        .isInstanceOf(Preempting.Outcome.Nothing.class);
  }

  @Test
  void nodeAffinityThatIsAddedHoldsBesideThePodsOwn() {
    Board board =
        board(
            args(
                "NodeAffinity",
                "'addedAffinity':{"
                    + "'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[{"
                    + "'matchExpressions':[{'key':'scheduler-profile','operator':'In','values':['foo']}]}]}}"));
    board.node("n1", "scheduler-profile=foo").node("n2", "zone=a");
    board.node("n3", "scheduler-profile=foo zone=a");
    assertThat(board.place(board.pod("a", "{}", mine("")))).isIn("n1", "n3");
    String own =
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{"
            + "'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone','operator':'Exists'}]}]}}}";
    assertThat(board.place(board.pod("b", "{}", mine(own)))).isEqualTo("n3");
    assertThat(board.place(board.pod("c", "{}", "{" + own + "}"))).isIn("n2", "n3");
  }

  @Test
  void defaultConstraintsOfAProfile() {
    Board board =
        board(
            args(
                "PodTopologySpread",
                "'defaultingType':'List','defaultConstraints':[{'maxSkew':1,"
                    + "'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule'}]"));
    board.node("n1", "zone=a").node("n2", "zone=b", "{'unschedulable':true}");
    ObjectKey key = new ObjectKey(new GroupResource("", "services"), "acme", "default", "s");
    board.services.put(new Service(key, Map.of("app", "web")));
    assertThat(board.place(board.pod("a", "{'app':'web'}", mine("")))).isEqualTo("n1");
    assertThat(board.place(board.pod("b", "{'app':'web'}", mine(""))))
        .contains("didn't match pod topology spread constraints");
    assertThat(board.place(board.pod("c", "{'app':'other'}", mine("")))).isEqualTo("n1");
  }

  @Test
  void nearnessThatPodsThereAskForCountsAsMuchAsTheProfileSays() {
    Board board = board(args("InterPodAffinity", "'hardPodAffinityWeight':100"));
    board.node("n1", "").node("n2", "");
    String near =
        "{'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
            + "'topologyKey':'kubernetes.io/hostname','labelSelector':{'matchLabels':{'a':'b'}}}]}}}";
    board.on("n1", board.pod("there", "{'a':'b'}", near));
    board.on("n1", board.pod("big", "{}", Board.cpu("2", 0)));
    assertThat(board.place(board.pod("p", "{'a':'b'}", mine("")))).isEqualTo("n1");
    Board without = board(args("InterPodAffinity", "'hardPodAffinityWeight':0"));
    without.node("n1", "").node("n2", "").on("n1", board.pod("there", "{'a':'b'}", near));
    assertThat(without.place(without.pod("p", "{'a':'b'}", mine("")))).isEqualTo("n2");
  }

  @Test
  void podsOfUnknownProfilesAreLeftToOtherSchedulersUntilThereIsOne() {
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.tenant("acme", "default");
      scheduler.node(TestPods.node("n1", "4", 10));
      ObjectNode foreign = TestPods.pod("foreign", "1");
      foreign.withObject("/spec").put("schedulerName", "mine");
      ObjectKey pod = scheduler.pod(foreign);
      ObjectKey ours = scheduler.pod(TestPods.pod("ours", "1"));
      scheduler.awaitNode(ours, "n1");
      assertThat(scheduler.nodeOf(pod)).isEmpty();
      assertThat(scheduler.told(pod)).isEmpty();
      scheduler.configure(configuration("{'schedulerName':'mine'}"));
      scheduler.awaitNode(pod, "n1");
      ObjectKey still = scheduler.pod(TestPods.pod("still", "1"));
      scheduler.awaitNode(still, "n1");
    }
  }

  @Test
  void podsOfAProfileThatIsGoneAreLeftAlone() {
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.tenant("acme", "default");
      scheduler.configure(configuration("{'schedulerName':'mine'}"));
      scheduler.configure(Configuration.DEFAULT);
      scheduler.node(TestPods.node("n1", "4", 10));
      ObjectNode foreign = TestPods.pod("foreign", "1");
      foreign.withObject("/spec").put("schedulerName", "mine");
      ObjectKey pod = scheduler.pod(foreign);
      scheduler.awaitNode(scheduler.pod(TestPods.pod("ours", "1")), "n1");
      assertThat(scheduler.nodeOf(pod)).isEmpty();
    }
  }

  @Test
  void aPodOfAProfileIsStillItselfWhenItIsBound() {
    Board board =
        board(
            args(
                "NodeAffinity",
                "'addedAffinity':{"
                    + "'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':1,'preference':{"
                    + "'matchExpressions':[{'key':'fast','operator':'Exists'}]}}]}"));
    board.node("n1", "").node("n2", "fast=y");
    PodView pod = board.pod("a", "{}", mine(""));
    assertThat(board.place(pod)).isEqualTo("n2");
    board.state.forget(pod.key());
    assertThat(board.state.nodes().find("n2").orElseThrow().used().milliCpu()).isZero();
  }
}

package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.explain.Explanation;
import dev.argosy.scheduler.explain.ExplanationJson;
import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What programs are told of a pod that fits nowhere. */
class ExplanationTest {

  private static final String TAINT = "{'taints':[{'key':'a','value':'b','effect':'NoSchedule'}]}";

  private final Board board = new Board();

  private String explain(String spec) {
    PodView pod = board.pod("web", "{'app':'web'}", spec);
    Explanation explanation = Explanations.of(board.attempt(pod), board.nominations);
    ObjectNode json = Json.object();
    ExplanationJson.write(explanation, json);
    return json.toString().replace('"', '\'');
  }

  @Test
  void theNearestNodeIsTheOneThatLacksTheFewestThings() {
    board.node("n1", "", TAINT).on("n1", board.pod("a", "{}", Board.cpu("3", 0)));
    board.node("n2", "").on("n2", board.pod("b", "{}", Board.cpu("2500m", 0)));
    board.node("n3", "").on("n3", board.pod("c", "{}", Board.cpu("3500m", 0)));
    assertThat(explain(Board.cpu("2", 0)))
        .isEqualTo(
            "{'nodes':3,'reasons':["
                + "{'filter':'NodeResourcesFit','reason':'Insufficient cpu','nodes':2},"
                + "{'filter':'TaintToleration','reason':'node(s) had untolerated taint(s)',"
                + "'nodes':1}],"
                + "'nearest':{'node':'n2','lacks':[{'filter':'NodeResourcesFit',"
                + "'message':'500m more cpu','resource':'cpu','amount':'500m'}]}}");
  }

  @Test
  void namesTaintsLabelsPortsAndPods() {
    board.node("n1", "disk=hdd", TAINT);
    assertThat(explain("{'nodeSelector':{'disk':'ssd'}}"))
        .contains(
            "'nearest':{'node':'n1','lacks':[{'filter':'TaintToleration',"
                + "'message':'a toleration of the taint a=b:NoSchedule',"
                + "'taint':{'key':'a','value':'b','effect':'NoSchedule'}},"
                + "{'filter':'NodeAffinity','message':'the label disk=ssd',"
                + "'label':{'key':'disk','value':'ssd'}}]}");
    String port = "{'containers':[{'name':'c','ports':[{'containerPort':80,'hostPort':8080}]}]}";
    board.node("n2", "").on("n2", board.pod("a", "{}", port));
    assertThat(explain(port))
        .contains(
            "'nearest':{'node':'n1','lacks':[{'filter':'TaintToleration'",
            "{'filter':'NodePorts','reason':'node(s) didn't have free ports for the requested pod"
                + " ports','nodes':1}");
    board.state.removeNode("n1");
    assertThat(explain(port))
        .contains("{'filter':'NodePorts','message':'the free host port 8080/TCP','hostPort':8080}");
  }

  @Test
  void podsThatAreToComeCountToo() {
    board.node("n1", "");
    String far =
        "{'priority':10,'affinity':{'podAntiAffinity':{"
            + "'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':"
            + "'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'web'}}}]}}}";
    board.nominations.put(board.pod("guest", "{}", far), "n1");
    assertThat(explain("{}"))
        .contains(
            "{'nodes':1,'reasons':[{'filter':'InterPodAffinity'",
            "'nearest':{'node':'n1','lacks':[{'filter':'InterPodAffinity'");
  }

  @Test
  void otherPodsCountToo() {
    board.node("n1", "zone=a").node("n2", "zone=b", "{'unschedulable':true}");
    String far =
        "{'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{"
            + "'topologyKey':'zone','labelSelector':{'matchLabels':{'app':'web'}}}]}}}";
    board.on("n1", board.pod("first", "{'app':'web'}", far));
    assertThat(explain(far))
        .isEqualTo(
            "{'nodes':2,'reasons':["
                + "{'filter':'InterPodAffinity','reason':'node(s) didn't match pod anti-affinity"
                + " rules','nodes':1},"
                + "{'filter':'NodeUnschedulable','reason':'node(s) were unschedulable','nodes':1}],"
                + "'nearest':{'node':'n1','lacks':[{'filter':'InterPodAffinity','message':"
                + "'node(s) didn't match pod anti-affinity rules'}]}}");
  }

  @Test
  void nodesThatAffinityDoesNotNameAreCountedAsInTheMessage() {
    board.node("n1", "").node("n2", "", TAINT).on("n1", board.pod("a", "{}", Board.cpu("4", 0)));
    String named =
        "{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':"
            + "{'nodeSelectorTerms':[{'matchFields':[{'key':'metadata.name','operator':'In',"
            + "'values':['n1']}]}]}}}}";
    assertThat(explain(named))
        .contains("'filter':'NodeAffinity'", "'nodes':1}", "'nearest':{'node':'n1'");
    assertThat(board.place(board.pod("web", "{}", named)))
        .isEqualTo(
            "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node"
                + " affinity/selector.");
  }

  @Test
  void withoutNodesThereIsNoNearest() {
    assertThat(explain("{}")).isEqualTo("{'nodes':0,'reasons':[]}");
  }

  @Test
  void onlySoManyAreExplainedInASecond() {
    for (int i = 0; i < 1000; i++) {
      board.node("n" + i, "");
    }
    Explanations explanations = new Explanations();
    Instant now = Instant.EPOCH;
    for (int i = 0; i < 100; i++) {
      assertThat(explained(explanations, 5000 + i, now)).isNotEmpty();
    }
    assertThat(explained(explanations, 9000, now)).isEmpty();
    assertThat(explained(explanations, 5099, now)).as("known already").isNotEmpty();
    assertThat(explained(explanations, 9000, now.plusSeconds(1))).isNotEmpty();
  }

  private String explained(Explanations explanations, int milliCpu, Instant now) {
    PodView pod = board.pod("p" + milliCpu, "{}", Board.cpu(milliCpu + "m", 0));
    if (board.look(pod) instanceof Placement.Nowhere nowhere) {
      return explanations.of(board.attempt(pod), nowhere, board.nominations, now);
    }
    throw new AssertionError("fits");
  }

  @Test
  void aPodBearsItWhileItWaits() {
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.node(TestPods.node("n1", "2", 10));
      ObjectNode special = TestPods.node("gpu-1", "4", 10);
      special.withObject("/metadata/labels").put("argosy.dev/pool", "gpu");
      scheduler.node(special);
      ObjectKey pod = scheduler.pod(TestPods.pod("web", "2500m"));
      scheduler.awaitTold(pod, "0/1 nodes are available: 1 Insufficient cpu.");
      JsonNode told = TestPods.json(annotation(scheduler, pod));
      assertThat(told.at("/nodes").asInt(0)).isEqualTo(1);
      assertThat(told.at("/reasons/0/filter").asString("")).isEqualTo("NodeResourcesFit");
      assertThat(told.at("/nearest/node").asString("")).isEqualTo("n1");
      assertThat(told.at("/nearest/lacks/0/amount").asString("")).isEqualTo("500m");
      assertThat(told.at("/at").asString("")).startsWith("2026-01-01T00:00:");

      scheduler.node(TestPods.node("n2", "4", 10));
      scheduler.awaitNode(pod, "n2");
      assertThat(annotation(scheduler, pod)).isEmpty();
    }
  }

  @Test
  void aMessageWithoutReasonsTakesItAway() {
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.tenant("acme");
      scheduler.node(TestPods.node("n1", "2", 10));
      ObjectKey pod = scheduler.pod(TestPods.pod("web", "2500m"));
      scheduler.awaitTold(pod, "0/1 nodes are available: 1 Insufficient cpu.");
      assertThat(annotation(scheduler, pod)).isNotEmpty();
      scheduler.patchTenant("acme", "{'spec':{'suspended':true}}");
      scheduler.awaitTold(pod, "tenant acme is suspended");
      assertThat(annotation(scheduler, pod)).isEmpty();
    }
  }

  private static String annotation(TestScheduler scheduler, ObjectKey pod) {
    return scheduler
        .client
        .get(pod)
        .orThrow()
        .meta()
        .annotations()
        .getOrDefault(Unschedulable.ANNOTATION, "");
  }
}

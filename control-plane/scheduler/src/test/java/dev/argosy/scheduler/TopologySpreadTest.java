package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.topology.Services.Service;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The Kubernetes page "Pod Topology Spread Constraints". */
class TopologySpreadTest {

  private static final String FOO = "{'foo':'bar'}";
  private static final String SKEWED = " node(s) didn't match pod topology spread constraints.";

  private final Board board = new Board();

  /** node1 and node2 in zoneA, node3 and node4 in zoneB, with two pods in A and one in B. */
  private Board twoZones() {
    board.node("node1", "zone=zoneA").node("node2", "zone=zoneA");
    board.node("node3", "zone=zoneB").node("node4", "zone=zoneB");
    board.on("node1", foo("p1")).on("node2", foo("p2")).on("node3", foo("p3"));
    return board;
  }

  private PodView foo(String name) {
    return board.pod(name, FOO, "{}");
  }

  private static String constraint(String key, String more) {
    return "{'maxSkew':1,'topologyKey':'"
        + key
        + "','whenUnsatisfiable':'DoNotSchedule','labelSelector':{'matchLabels':{'foo':'bar'}}"
        + more
        + "}";
  }

  private static String spread(String... constraints) {
    return "{'topologySpreadConstraints':[" + String.join(",", constraints) + "]}";
  }

  @Test
  void oneConstraint() {
    twoZones();
    PodView mypod = board.pod("mypod", FOO, spread(constraint("zone", "")));
    assertThat(board.place(mypod)).isIn("node3", "node4");
  }

  @Test
  void severalConstraintsMustAllHold() {
    twoZones();
    String both = spread(constraint("zone", ""), constraint("kubernetes.io/hostname", ""));
    assertThat(board.place(board.pod("mypod", FOO, both))).isEqualTo("node4");
  }

  @Test
  void constraintsMayConflict() {
    board.node("node1", "zone=zoneA").node("node2", "zone=zoneA").node("node3", "zone=zoneB");
    board.on("node1", foo("p1")).on("node1", foo("p2")).on("node2", foo("p3"));
    board.on("node3", foo("p4")).on("node3", foo("p5"));
    String both = spread(constraint("zone", ""), constraint("kubernetes.io/hostname", ""));
    assertThat(board.place(board.pod("mypod", FOO, both)))
        .isEqualTo("0/3 nodes are available: 3" + SKEWED);
  }

  @Test
  void nodesThatItsAffinityRefusesDoNotCountUnlessTheyAreToBe() {
    twoZones().node("node5", "zone=zoneC");
    String notC =
        "'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{"
            + "'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone','operator':'NotIn',"
            + "'values':['zoneC']}]}]}}}";
    String honored = "{'topologySpreadConstraints':[" + constraint("zone", "") + "]," + notC + "}";
    assertThat(board.place(board.pod("a", FOO, honored))).isIn("node3", "node4");
    String ignored =
        "{'topologySpreadConstraints':["
            + constraint("zone", ",'nodeAffinityPolicy':'Ignore'")
            + "],"
            + notC
            + "}";
    assertThat(board.place(board.pod("b", FOO, ignored)))
        .isEqualTo(
            "0/5 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 4"
                + SKEWED);
  }

  @Test
  void taintedNodesCountUnlessTaintsAreHonored() {
    board.node("node1", "zone=zoneA");
    board.node("node2", "zone=zoneB", "{'taints':[{'key':'k','effect':'NoSchedule'}]}");
    board.on("node1", foo("p1"));
    assertThat(board.place(board.pod("a", FOO, spread(constraint("zone", "")))))
        .startsWith("0/2 nodes are available");
    String honored = spread(constraint("zone", ",'nodeTaintsPolicy':'Honor'"));
    assertThat(board.place(board.pod("b", FOO, honored))).isEqualTo("node1");
  }

  @Test
  void nodesWithoutTheLabelAreLeftOut() {
    board.node("node1", "");
    assertThat(board.place(board.pod("a", FOO, spread(constraint("zone", "")))))
        .isEqualTo(
            "0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints"
                + " (missing required label).");
  }

  @Test
  void fewerDomainsThanMinDomainsCountAsIfOneWereEmpty() {
    twoZones();
    board.on("node4", foo("p4"));
    String three = spread(constraint("zone", ",'minDomains':3"));
    assertThat(board.place(board.pod("a", FOO, three)))
        .isEqualTo("0/4 nodes are available: 4" + SKEWED);
    board.node("node5", "zone=zoneC");
    assertThat(board.place(board.pod("a", FOO, three))).isEqualTo("node5");
  }

  @Test
  void matchLabelKeysTellRevisionsApart() {
    board.node("node1", "zone=zoneA").node("node2", "zone=zoneB");
    board.on("node1", board.pod("old", "{'foo':'bar','hash':'1'}", "{}"));
    String byHash = spread(constraint("zone", ",'matchLabelKeys':['hash']"));
    PodView first = board.pod("new1", "{'foo':'bar','hash':'2'}", byHash);
    String where = board.place(first);
    PodView second = board.pod("new2", "{'foo':'bar','hash':'2'}", byHash);
    assertThat(board.place(second)).isNotEqualTo(where).startsWith("node");
  }

  @Test
  void podsOfOtherNamespacesTenantsAndThoseThatAreGoneDoNotCount() {
    board.node("node1", "zone=zoneA").node("node2", "zone=zoneB");
    board.on("node1", board.pod("acme", "other", "a", FOO, "{}"));
    board.on("node1", board.pod("globex", "default", "b", FOO, "{}"));
    board.on("node2", foo("mine"));
    PodView pod = board.pod("c", FOO, spread(constraint("zone", "")));
    assertThat(board.place(pod)).isEqualTo("node1");
    board.state.forget(pod.key());
    board.state.forget(foo("mine").key());
    board.on("node1", foo("mine"));
    assertThat(board.place(pod)).isEqualTo("node2");
  }

  @Test
  void aSoftConstraintPrefersButDoesNotForbid() {
    twoZones();
    String soft = spread(constraint("zone", "").replace("DoNotSchedule", "ScheduleAnyway"));
    assertThat(board.place(board.pod("a", FOO, soft))).isIn("node3", "node4");
    board.state.removeNode("node3");
    board.state.removeNode("node4");
    assertThat(board.place(board.pod("b", FOO, soft))).isIn("node1", "node2");
  }

  @Test
  void podsOfAServiceAreSpreadByDefault() {
    for (int i = 0; i < 4; i++) {
      board.node("node" + i, "topology.kubernetes.io/zone=z" + i % 2);
    }
    ObjectKey key = new ObjectKey(new GroupResource("", "services"), "acme", "default", "s");
    board.services.put(new Service(key, Map.of("foo", "bar")));
    assertThat(IntStream.range(0, 4).mapToObj(i -> board.place(foo("s" + i))).distinct())
        .hasSize(4);
  }

  @Test
  void aNodeThatChangesItsZoneTakesItsPodsAlong() {
    twoZones();
    PodView pod = board.pod("mypod", FOO, spread(constraint("zone", "")));
    assertThat(board.place(pod)).isIn("node3", "node4");
    board.state.forget(pod.key());
    board.node("node2", "zone=zoneB");
    assertThat(board.place(pod)).isEqualTo("node1");
  }
}

package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.pod.PodView;
import org.junit.jupiter.api.Test;

/** What a pod asks of its node: the Kubernetes page "Assigning Pods to Nodes" and others. */
class NodeFiltersTest {

  private final Board board = new Board();

  private PodView ports(String name, String ports) {
    return board.pod(
        name, "{}", "{'containers':[{'name':'c','image':'i','ports':[" + ports + "]}]}");
  }

  @Test
  void aHostPortIsTakenPerAddressAndProtocol() {
    board.node("n1", "");
    board.on("n1", ports("a", "{'containerPort':80,'hostPort':80,'hostIP':'10.0.0.1'}"));
    String taken =
        "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.";
    assertThat(board.place(ports("b", "{'containerPort':80,'hostPort':80}"))).isEqualTo(taken);
    assertThat(board.place(ports("c", "{'hostPort':80,'hostIP':'10.0.0.1'}"))).isEqualTo(taken);
    assertThat(board.place(ports("d", "{'hostPort':80,'hostIP':'10.0.0.2'}"))).isEqualTo("n1");
    assertThat(board.place(ports("e", "{'hostPort':80,'protocol':'UDP'}"))).isEqualTo("n1");
    assertThat(board.place(ports("f", "{'containerPort':80}"))).isEqualTo("n1");
  }

  @Test
  void portsOfSidecarsCount() {
    board.node("n1", "").on("n1", ports("a", "{'hostPort':80}"));
    PodView pod =
        board.pod(
            "b",
            "{}",
            "{'initContainers':[{'name':'s','restartPolicy':'Always',"
                + "'ports':[{'hostPort':80}]}]}");
    assertThat(board.place(pod)).contains("free ports");
  }

  @Test
  void extendedResourcesAreCountedInWholes() {
    var node = TestPods.node("n1", "4", 10);
    node.withObject("/status/allocatable").put("example.com/gpu", "2");
    board.state.putNode(board.view(node));
    String gpu = "{'containers':[{'name':'c','resources':{'requests':{'example.com/gpu':'1'}}}]}";
    assertThat(board.place(board.pod("a", "{}", gpu))).isEqualTo("n1");
    assertThat(board.place(board.pod("b", "{}", gpu))).isEqualTo("n1");
    assertThat(board.place(board.pod("c", "{}", gpu)))
        .isEqualTo("0/1 nodes are available: 1 Insufficient example.com/gpu.");
  }

  private static String named(String name) {
    return "{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{"
        + "'nodeSelectorTerms':[{'matchFields':[{'key':'metadata.name','operator':'In','values':['"
        + name
        + "']}]}]}}}}";
  }

  @Test
  void aPodMayNameItsNode() {
    board.node("n1", "").node("n2", "").node("n3", "");
    assertThat(board.place(board.pod("a", "{}", named("n2")))).isEqualTo("n2");
    board.on("n2", board.pod("full", "{}", Board.cpu("4", 0)));
    assertThat(board.place(board.pod("b", "{}", named("n2"))))
        .isEqualTo(
            "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match Pod's node"
                + " affinity/selector.");
    assertThat(board.place(board.pod("c", "{}", named("gone"))))
        .isEqualTo("0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.");
  }

  @Test
  void preferredNodeAffinityCountsByWeight() {
    board.node("n1", "disk=hdd").node("n2", "disk=ssd").node("n3", "");
    String rather =
        "{'affinity':{'nodeAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':["
            + "{'weight':1,'preference':{'matchExpressions':[{'key':'disk','operator':'Exists'}]}},"
            + "{'weight':50,'preference':{'matchExpressions':[{'key':'disk','operator':'In',"
            + "'values':['ssd']}]}}]}}}";
    assertThat(board.place(board.pod("a", "{}", rather))).isEqualTo("n2");
  }

  @Test
  void aTaintThatPrefersDoesNotForbid() {
    String soft = "{'taints':[{'key':'k','effect':'PreferNoSchedule'}]}";
    board.node("n1", "", soft).node("n2", "");
    board.on("n2", board.pod("x", "{}", "{}"));
    assertThat(board.place(board.pod("a", "{}", "{}"))).isEqualTo("n2");
    board.state.removeNode("n2");
    assertThat(board.place(board.pod("b", "{}", "{}"))).isEqualTo("n1");
  }

  @Test
  void anImageThatIsThereAttracts() {
    var node = TestPods.node("n1", "4", 10);
    node.withObject("/status")
        .set("images", TestPods.json("[{'names':['big:1'],'sizeBytes':2000000000}]"));
    board.state.putNode(board.view(node));
    board.node("n2", "").on("n1", board.pod("x", "{}", "{}"));
    PodView pod = board.pod("a", "{}", "{'containers':[{'name':'c','image':'big:1'}]}");
    assertThat(board.place(pod)).isEqualTo("n1");
  }

  @Test
  void aNodeThatChangedIsAskedAgain() {
    board.node("n1", "", "{'unschedulable':true}");
    PodView pod = board.pod("a", "{}", "{}");
    assertThat(board.place(pod))
        .isEqualTo("0/1 nodes are available: 1 node(s) were unschedulable.");
    board.node("n1", "");
    assertThat(board.place(pod)).isEqualTo("n1");
  }

  @Test
  void whereThereAreManyNodesSomeThatFitAreEnough() {
    assertThat(Decision.enough(100)).isEqualTo(100);
    assertThat(Decision.enough(1000)).isEqualTo(420);
    assertThat(Decision.enough(5000)).isEqualTo(500);
    assertThat(Decision.enough(15000)).isEqualTo(750);
  }
}

package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.pod.PodView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Kubernetes page "Pod Priority and Preemption". */
class PreemptionTest {

  private final Board board = new Board();

  private PodView pod(String name, String cpu, int priority) {
    return board.pod(name, "{'app':'" + name.charAt(0) + "'}", Board.cpu(cpu, priority));
  }

  /** The node where room is made, and who has to go. */
  private String evicted(PodView pod) {
    return switch (board.preempt(pod)) {
      case Preempting.Outcome.Evict(var victims, var displaced) ->
          victims.node() + " " + victims.pods().stream().map(p -> p.key().name()).sorted().toList();
      case Preempting.Outcome.Wait(String node) -> "waits for " + node;
      case Preempting.Outcome.Nothing nothing -> "nothing";
    };
  }

  @Test
  void noMoreAreEvictedThanNeeded() {
    board.node("n1", "");
    board.on("n1", pod("a", "1", 0)).on("n1", pod("b", "1", 5)).on("n1", pod("c", "2", 5));
    assertThat(evicted(pod("x", "1", 10))).isEqualTo("n1 [a]");
  }

  @Test
  void equalAndHigherPrioritiesStay() {
    board.node("n1", "");
    board.on("n1", pod("a", "2", 10)).on("n1", pod("b", "2", 20));
    assertThat(evicted(pod("x", "1", 10))).isEqualTo("nothing");
    assertThat(evicted(pod("y", "1", 11))).isEqualTo("n1 [a]");
  }

  @Test
  void aPodWhosePolicyIsNeverWaits() {
    board.node("n1", "").on("n1", pod("a", "4", 0));
    String polite =
        Board.cpu("1", 10).replace("'priority'", "'preemptionPolicy':'Never','priority'");
    assertThat(evicted(board.pod("x", "{}", polite))).isEqualTo("nothing");
  }

  @Test
  void nobodyIsEvictedInVain() {
    board.node("n1", "", "{'taints':[{'key':'k','effect':'NoSchedule'}]}");
    board.on("n1", pod("a", "4", 0));
    assertThat(evicted(pod("x", "1", 10))).isEqualTo("nothing");
    board.node("n2", "").on("n2", pod("b", "4", 0));
    assertThat(evicted(pod("y", "5", 10))).isEqualTo("nothing");
  }

  @Test
  void aTenantsPriorityMeansNothingToOthers() {
    board.node("n1", "").on("n1", board.pod("globex", "default", "g", "{}", Board.cpu("4", 0)));
    assertThat(evicted(pod("x", "1", 1000))).isEqualTo("nothing");
  }

  @Test
  void budgetsAreRespectedWherePossible() {
    board.node("n1", "").node("n2", "");
    board.on("n1", pod("a", "4", 0)).on("n2", pod("b", "4", 5));
    board.budgets.put(board.budget("pdb", "{'matchLabels':{'app':'a'}}", 0));
    assertThat(evicted(pod("x", "1", 10))).isEqualTo("n2 [b]");
    board.nominations.remove(pod("x", "1", 10).key());
    board.budgets.put(board.budget("pdb", "{'matchLabels':{'app':'a'}}", 1));
    assertThat(evicted(pod("y", "1", 10))).isEqualTo("n1 [a]");
  }

  @Test
  void protectedPodsAreSparedFirstOnTheirNode() {
    board.node("n1", "");
    board.on("n1", pod("a", "2", 0)).on("n1", pod("b", "2", 5));
    board.budgets.put(board.budget("pdb", "{'matchLabels':{'app':'a'}}", 0));
    assertThat(evicted(pod("x", "1", 10))).isEqualTo("n1 [b]");
  }

  @Test
  void theNodeWithTheLeastImportantVictimsIsChosen() {
    board.node("n1", "").node("n2", "").node("n3", "");
    board.on("n1", pod("a", "4", 5));
    board.on("n2", pod("b", "2", 3)).on("n2", pod("c", "2", 3));
    board.on("n3", pod("d", "4", 3));
    assertThat(evicted(pod("x", "3", 10))).isEqualTo("n3 [d]");
  }

  @Test
  void roomThatIsMadeIsKeptForWhomItIsMade() {
    board.node("n1", "").on("n1", pod("a", "4", 0));
    PodView high = pod("high", "3", 10);
    assertThat(evicted(high)).isEqualTo("n1 [a]");
    board.state.forget(pod("a", "4", 0).key());
    assertThat(board.place(pod("equal", "2", 10))).startsWith("0/1 nodes are available");
    assertThat(board.place(board.pod("globex", "default", "g", "{}", Board.cpu("2", 99))))
        .startsWith("0/1 nodes are available");
    assertThat(board.place(pod("small", "1", 0))).isEqualTo("n1");
    assertThat(board.place(high)).isEqualTo("n1");
  }

  @Test
  void aMoreImportantPodMayTakeTheRoomAndDisplaces() {
    board.node("n1", "").on("n1", pod("a", "4", 0));
    PodView high = pod("high", "3", 10);
    assertThat(evicted(high)).isEqualTo("n1 [a]");
    PodView higher = pod("urgent", "4", 20);
    assertThat(board.preempt(higher))
        .isInstanceOfSatisfying(
            Preempting.Outcome.Evict.class,
            evict -> assertThat(evict.displaced()).isEqualTo(List.of(high)));
  }

  @Test
  void whileVictimsEndNoOthersAreSought() {
    board.node("n1", "").node("n2", "");
    board.on("n1", pod("a", "4", 0)).on("n2", pod("b", "4", 3));
    PodView high = pod("high", "4", 10);
    assertThat(evicted(high)).isEqualTo("n1 [a]");
    assertThat(evicted(high)).isEqualTo("waits for n1");
  }

  @Test
  void podsThatKeepItAwayAreEvictedToo() {
    board.node("n1", "");
    String far =
        "{'priority':PRIO,'affinity':{'podAntiAffinity':{"
            + "'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':"
            + "'kubernetes.io/hostname','labelSelector':{'matchLabels':{'app':'w'}}}]}}}";
    board.on("n1", board.pod("w1", "{'app':'w'}", far.replace("PRIO", "1")));
    board.on("n1", board.pod("other", "{}", "{}"));
    assertThat(evicted(board.pod("w2", "{'app':'w'}", far.replace("PRIO", "5"))))
        .isEqualTo("n1 [w1]");
    assertThat(board.place(board.pod("w3", "{'app':'w'}", "{}")))
        .isEqualTo(
            "0/1 nodes are available: 1 node(s) didn't satisfy existing pods"
                + " anti-affinity rules.");
  }
}

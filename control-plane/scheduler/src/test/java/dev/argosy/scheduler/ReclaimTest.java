package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.QuotaView;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gives back what was borrowed: docs/SCHEDULING.md, "Reclaim". Nodes have 4 cores. */
class ReclaimTest {

  private final Board board = new Board();

  private PodView pod(String cluster, String name, String cpu, int priority) {
    return board.pod(cluster, "default", name, "{'app':'" + name + "'}", Board.cpu(cpu, priority));
  }

  private void guarantee(String tenant, long milliCpu) {
    ObjectKey key = new ObjectKey(QuotaView.ALL.scope().resource(), "root", "", tenant);
    board
        .state
        .shares()
        .guarantees()
        .put(new QuotaView(key, tenant, Map.of("cpu", milliCpu, "pods", 100L)));
  }

  private String evicted(PodView pod) {
    return switch (board.preempt(pod)) {
      case Preempting.Outcome.Evict(var victims, var displaced) ->
          victims.node() + " " + victims.pods().stream().map(p -> p.key().name()).sorted().toList();
      case Preempting.Outcome.Wait(String node) -> "waits for " + node;
      case Preempting.Outcome.Nothing nothing -> "nothing";
    };
  }

  @Test
  void aBorrowersLeastImportantPodsGo() {
    guarantee("sure", 2000);
    board.node("n1", "");
    board.on("n1", pod("lent", "a", "2", 7)).on("n1", pod("lent", "b", "1", 3));
    board.on("n1", pod("lent", "c", "1", 9));
    assertThat(evicted(pod("sure", "x", "1", 0))).isEqualTo("n1 [b]");
  }

  @Test
  void whatIsNotCoveredByTheGuaranteeClaimsNothing() {
    guarantee("sure", 2000);
    board.node("n1", "").on("n1", pod("lent", "a", "4", 0));
    assertThat(evicted(pod("sure", "x", "3", 9))).isEqualTo("nothing");
    assertThat(evicted(pod("other", "y", "1", 9))).isEqualTo("nothing");
    assertThat(evicted(pod("root", "z", "1", 9))).isEqualTo("nothing");
  }

  @Test
  void aPodWhosePolicyIsNeverClaimsNothing() {
    guarantee("sure", 2000);
    board.node("n1", "").on("n1", pod("lent", "a", "4", 0));
    String polite =
        Board.cpu("1", 0).replace("'priority'", "'preemptionPolicy':'Never','priority'");
    assertThat(evicted(board.pod("sure", "default", "x", "{}", polite))).isEqualTo("nothing");
  }

  @Test
  void nobodyLosesWhatIsGuaranteed() {
    guarantee("sure", 2000);
    guarantee("lent", 3000);
    board.node("n1", "");
    board.on("n1", pod("lent", "a", "2", 0)).on("n1", pod("lent", "b", "2", 0));
    assertThat(evicted(pod("sure", "x", "1", 0))).isEqualTo("nothing");
    board.on("n1", pod("lent", "c", "1", 9));
    assertThat(evicted(pod("sure", "x", "1", 0))).isEqualTo("n1 [b]");
  }

  @Test
  void thePlatformsPodsStay() {
    guarantee("sure", 2000);
    board.node("n1", "").on("n1", pod("root", "a", "4", 0));
    assertThat(evicted(pod("sure", "x", "1", 0))).isEqualTo("nothing");
  }

  @Test
  void whoHasBorrowedMostGivesBackFirst() {
    guarantee("sure", 2000);
    guarantee("fair", 4000);
    board.node("n1", "").node("n2", "");
    board.on("n1", pod("fair", "a", "3", 0)).on("n1", pod("fair", "b", "1", 0));
    board.on("n2", pod("most", "c", "2", 50)).on("n2", pod("little", "d", "1", 0));
    board.on("n2", pod("fair", "e", "1", 0));
    assertThat(evicted(pod("sure", "x", "1", 0))).isEqualTo("n2 [c]");
  }

  @Test
  void aLargerPodGoesIfTheLeastImportantAreNotEnough() {
    guarantee("sure", 2000);
    guarantee("lent", 2000);
    board.node("n1", "").node("n2", "");
    board.on("n1", pod("lent", "small", "1", 0)).on("n1", pod("lent", "large", "2", 5));
    board.on("n1", pod("root", "r", "1", 0)).on("n2", pod("root", "s", "3", 0));
    board.on("n2", pod("lent", "rest", "1", 9));
    assertThat(evicted(pod("sure", "x", "2", 0))).isEqualTo("n1 [large]");
  }

  @Test
  void nobodyGoesInVain() {
    guarantee("sure", 4000);
    board.node("n1", "");
    board.on("n1", pod("root", "r", "2", 0)).on("n1", pod("lent", "a", "2", 0));
    assertThat(evicted(pod("sure", "x", "3", 0))).isEqualTo("nothing");
  }

  @Test
  void budgetsAreRespectedWherePossible() {
    guarantee("sure", 2000);
    board.node("n1", "");
    board.on("n1", pod("acme", "a", "2", 0)).on("n1", pod("acme", "b", "2", 5));
    board.budgets.put(board.budget("pdb", "{'matchLabels':{'app':'a'}}", 0));
    assertThat(evicted(pod("sure", "x", "1", 0))).isEqualTo("n1 [b]");
  }

  @Test
  void othersGiveBackBeforeATenantsOwnPodsGo() {
    guarantee("sure", 4000);
    board.node("n1", "").on("n1", pod("sure", "own", "2", 0)).on("n1", pod("lent", "a", "2", 0));
    assertThat(evicted(pod("sure", "x", "2", 9))).isEqualTo("n1 [a]");
  }

  @Test
  void whatIsClaimedAlreadyCountsForTheGuaranteeAndForTheLoan() {
    guarantee("sure", 2000);
    guarantee("lent", 2000);
    board.node("n1", "").node("n2", "");
    for (String name : new String[] {"a", "b", "c", "d"}) {
      board.on(name.compareTo("c") < 0 ? "n1" : "n2", pod("lent", name, "2", 0));
    }
    assertThat(evicted(pod("sure", "x", "1", 0))).isIn("n1 [b]", "n2 [d]");
    assertThat(evicted(pod("sure", "y", "1", 0))).isIn("n1 []", "n2 []");
    assertThat(evicted(pod("sure", "z", "1", 0))).isEqualTo("nothing");
  }

  @Test
  void roomThatIsClaimedCannotBeBorrowedAgain() {
    guarantee("sure", 2000);
    board.node("n1", "").on("n1", pod("lent", "a", "4", 0));
    PodView claims = pod("sure", "x", "2", 0);
    assertThat(evicted(claims)).isEqualTo("n1 [a]");
    board.state.forget(pod("lent", "a", "4", 0).key());
    assertThat(board.place(pod("lent", "a2", "3", 99))).startsWith("0/1 nodes are available");
    assertThat(board.place(claims)).isEqualTo("n1");
    board.nominations.remove(claims.key());
    assertThat(board.place(pod("lent", "a3", "2", 0))).isEqualTo("n1");
  }
}

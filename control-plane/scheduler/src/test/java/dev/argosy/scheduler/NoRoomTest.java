package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.extender.Extenders;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Candidate;
import dev.argosy.scheduler.preempt.Victims;
import dev.argosy.scheduler.queue.SchedulingQueue;
import dev.argosy.scheduler.queue.WaitingPod;
import dev.argosy.scheduler.share.QuotaView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What may have changed when an extender has said whom room may cost. Nodes have 4 cores. */
class NoRoomTest {

  private final Board board = new Board().node("n1", "").node("n2", "");
  private final SchedulingQueue queue = new SchedulingQueue(board.state.shares());
  private final List<String> done = new ArrayList<>();
  private final List<Candidate> asked = new ArrayList<>();
  private Consumer<Optional<List<Victims>>> answer = left -> {};
  private final NoRoom noRoom;

  NoRoomTest() {
    GangTrial.Tools tools =
        new GangTrial.Tools(
            board::attempt,
            board.decision,
            board.nominations,
            board.state,
            board.preempting,
            new Explanations());
    try (FakeExtender extender = new FakeExtender()) {
      Configuration read = extender.configuration("'preemptVerb':'preempt'");
      Outside outside = new Outside();
      Asking asking = new Asking(new Extenders(read.extenders()), outside, (pod, advice) -> {});
      ManualTimers timers = new ManualTimers(Instant.EPOCH);
      noRoom =
          new NoRoom(tools, asking, queue, outside, timers, pod -> done.add("again " + name(pod)));
    }
  }

  private static String name(WaitingPod waiting) {
    return waiting.pod().key().name();
  }

  private PodView pod(String name, String cpu, int priority) {
    return board.pod("acme", "default", name, "{'app':'" + name + "'}", Board.cpu(cpu, priority));
  }

  private PodView lent(String name, String cpu) {
    return board.pod("lent", "default", name, "{}", Board.cpu(cpu, 9));
  }

  /** A pod of 2 cores that more important ones than 100 keep waiting. */
  private void high() {
    PodView pod = pod("high", "2", 100);
    WaitingPod waiting = new WaitingPod(pod, 0, Instant.EPOCH, Instant.MIN, Set.of());
    if (board.look(pod) instanceof Placement.Nowhere nowhere) {
      noRoom.reject(waiting, board.attempt(pod), nowhere);
    }
  }

  /** The extender leaves what was found on these nodes. */
  private void leaves(String... nodes) {
    List<String> left = List.of(nodes);
    answer.accept(
        Optional.of(
            asked.stream().map(Candidate::victims).filter(v -> left.contains(v.node())).toList()));
  }

  @Test
  void theBestOfWhatIsLeftIsTaken() {
    board.on("n1", pod("a", "3", 0)).on("n2", pod("b", "3", 5));
    high();
    assertThat(asked).hasSize(2);
    assertThat(board.nominations.isEmpty()).isTrue();
    leaves("n2", "n1");
    assertThat(done).containsExactly("n1 without [a]");
    assertThat(board.nominations.of(pod("high", "2", 100).key())).contains("n1");
  }

  @Test
  void victimsThatAreGoneAreNotNeeded() {
    PodView gone = pod("a", "1", 0);
    board.on("n1", gone).on("n1", pod("b", "1", 0)).on("n1", pod("c", "2", 200));
    board.on("n2", pod("x", "4", 200));
    high();
    board.state.forget(gone.key());
    leaves("n1");
    assertThat(done).containsExactly("n1 without [b]");
  }

  @Test
  void whereRoomHasComeNobodyGoes() {
    board.on("n1", pod("a", "4", 0)).on("n2", pod("b", "4", 5));
    high();
    board.state.forget(pod("b", "4", 5).key());
    leaves("n1");
    assertThat(done).containsExactly("again high");
  }

  @Test
  void whereSomebodyCameWhoMayNotBeEndedNobodyGoes() {
    board.on("n1", pod("a", "2", 0)).on("n1", pod("b", "2", 200)).on("n2", pod("x", "4", 5));
    high();
    board.state.forget(pod("a", "2", 0).key());
    board.on("n1", pod("c", "2", 200));
    leaves("n1");
    assertThat(done).isEmpty();
    assertThat(queue.nextFlush()).contains(Instant.EPOCH.plusSeconds(1));
  }

  @Test
  void theNextBestIsTakenWhereTheBestIsNoLongerOne() {
    board.on("n1", pod("a", "4", 0)).on("n2", pod("b", "4", 5));
    high();
    board.state.removeNode("n1");
    leaves("n1", "n2");
    assertThat(done).containsExactly("n2 without [b]");
  }

  @Test
  void budgetsCountAsTheyAreThen() {
    board.on("n1", pod("a", "4", 0)).on("n2", pod("b", "4", 5));
    high();
    board.budgets.put(board.budget("pdb", "{'matchLabels':{'app':'a'}}", 0));
    leaves("n1", "n2");
    assertThat(done).containsExactly("n2 without [b]");
  }

  @Test
  void whatAnotherTenantBorrowedIsTakenAsLongAsItIsBorrowed() {
    guarantee("acme", 2000);
    board.on("n1", lent("a", "4")).on("n2", pod("b", "4", 200));
    high();
    assertThat(asked).isEmpty();
    board.state.forget(pod("b", "4", 200).key());
    board.on("n2", lent("c", "4"));
    high();
    assertThat(asked).hasSize(2);
    guarantee("lent", 8000);
    leaves("n1", "n2");
    assertThat(done).isEmpty();
    guarantee("lent", 4000);
    high();
    leaves("n2");
    assertThat(done).containsExactly("n2 without [c]");
  }

  private void guarantee(String tenant, long milliCpu) {
    ObjectKey key = new ObjectKey(QuotaView.ALL.scope().resource(), "root", "", tenant);
    board.state.shares().guarantees().put(new QuotaView(key, tenant, Map.of("cpu", milliCpu)));
  }

  /** Remembers what is asked and what is done. */
  private final class Outside extends NoOrders {
    @Override
    public void askWhom(
        PodView pod,
        List<Candidate> candidates,
        List<ExtenderClient> extenders,
        Consumer<Optional<List<Victims>>> then) {
      asked.clear();
      asked.addAll(candidates);
      answer = then;
    }

    @Override
    public void evict(PodView pod, Victims victims) {
      done.add(
          victims.node()
              + " without "
              + victims.pods().stream().map(p -> p.key().name()).sorted().toList());
    }
  }
}

package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.extender.ExtenderClient;
import dev.argosy.scheduler.extender.Extenders;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.queue.WaitingPod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AskingTest {

  private final Board board = new Board().node("n1", "");
  private final Decision decision = new Decision(new Random(1));
  private final Map<String, Consumer<Optional<Advice>>> calls = new LinkedHashMap<>();
  private final List<String> answered = new ArrayList<>();
  private final Asking asking;

  AskingTest() {
    try (FakeExtender extender = new FakeExtender()) {
      Configuration read = extender.configuration("'filterVerb':'filter'");
      asking =
          new Asking(
              new Extenders(read.extenders()),
              new Calls(),
              (pod, advice) -> answered.add(pod.pod().key().name()));
    }
  }

  private boolean begin(String cluster, String name) {
    PodView pod = board.pod(cluster, "default", name, "{}", "{}");
    WaitingPod waiting = new WaitingPod(pod, 0, Instant.EPOCH, Instant.MIN, Set.of());
    return asking.begins(waiting, board.attempt(pod), decision, board.nominations);
  }

  private void answer(String name) {
    Objects.requireNonNull(calls.remove(name)).accept(Optional.of(Advice.NONE));
  }

  @Test
  void onlySoManyAreAskedAboutAtOnceAndClustersTakeTurns() {
    for (int i = 0; i < 100; i++) {
      assertThat(begin("acme", "a" + i)).isTrue();
    }
    assertThat(begin("globex", "g0")).isTrue();
    assertThat(begin("globex", "g1")).isTrue();
    assertThat(calls).hasSize(Asking.AT_ONCE);
    answer("a0");
    answer("a1");
    answer("a2");
    answer("a3");
    assertThat(calls).hasSize(Asking.AT_ONCE).containsKeys("g0", "g1");
    assertThat(answered).containsExactly("a0", "a1", "a2", "a3");
  }

  @Test
  void whatIsSaidOfAPodThatIsGoneOrAnotherIsOfNoInterest() {
    begin("acme", "a");
    asking.drop(board.pod("a", "{}", "{}").key());
    answer("a");
    begin("acme", "b");
    assertThat(asking.keeps(board.pod("b", "{}", "{}"))).isTrue();
    assertThat(asking.keeps(board.pod("b", "{}", Board.cpu("2", 0)))).isFalse();
    answer("b");
    assertThat(answered).isEmpty();
  }

  @Test
  void nobodyIsAskedWhereThePodFitsNowhere() {
    PodView pod = board.pod("a", "{}", Board.cpu("5", 0));
    WaitingPod waiting = new WaitingPod(pod, 0, Instant.EPOCH, Instant.MIN, Set.of());
    assertThat(asking.begins(waiting, board.attempt(pod), decision, board.nominations)).isFalse();
    assertThat(calls).isEmpty();
  }

  private final class Calls extends NoOrders {
    @Override
    public void ask(
        PodView pod,
        List<String> nodes,
        List<ExtenderClient> extenders,
        Consumer<Optional<Advice>> then) {
      calls.put(pod.key().name(), then);
    }
  }
}

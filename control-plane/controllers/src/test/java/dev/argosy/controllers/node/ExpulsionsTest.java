package dev.argosy.controllers.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Kubernetes page "Nodes" says of rate limits on eviction. */
class ExpulsionsTest {

  private static final Zone A = new Zone("r", "a");
  private static final Zone B = new Zone("r", "b");

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final Expulsions expulsions = new Expulsions(timers.clock());

  @Test
  void oneNodeInTenSecondsOfEachZone() {
    nodes(A, 10, 3);
    nodes(B, 10, 3);
    List<Long> times = new ArrayList<>();
    run(Duration.ofMinutes(1), A, 3, times);
    assertThat(times).containsExactly(5L, 15L, 25L);
    times.clear();
    run(Duration.ofMinutes(1), B, 3, times);
    assertThat(times).containsExactly(65L, 75L, 85L);
  }

  @Test
  void aLargeZoneThatIsLargelyDownGoesSlower() {
    nodes(A, 60, 33);
    List<Long> times = new ArrayList<>();
    run(Duration.ofSeconds(250), A, 33, times);
    assertThat(times).containsExactly(5L, 105L, 205L);
  }

  @Test
  void aSmallOneWaitsUntilEnoughAreBack() {
    nodes(A, 50, 28);
    List<Long> times = new ArrayList<>();
    run(Duration.ofMinutes(10), A, 28, times);
    assertThat(times).isEmpty();
    expulsions.see("a-27", A, true);
    run(Duration.ofSeconds(12), A, 27, times);
    assertThat(times).containsExactly(600L, 610L);
  }

  @Test
  void justBelowTheThresholdIsUsual() {
    assertThat(new ZoneState(46, 54).pace()).contains(Duration.ofSeconds(10));
    assertThat(new ZoneState(45, 55).pace()).contains(Duration.ofSeconds(100));
    assertThat(new ZoneState(23, 28).pace()).contains(Duration.ofSeconds(10));
    assertThat(new ZoneState(22, 29).pace()).contains(Duration.ofSeconds(100));
    assertThat(new ZoneState(22, 28).pace()).isEmpty();
    assertThat(new ZoneState(1, 2).pace()).contains(Duration.ofSeconds(10));
    assertThat(new ZoneState(1, 3).pace()).isEmpty();
  }

  @Test
  void aZoneThatIsWhollyDownIsEmptiedAtTheUsualPaceIfAnotherIsThere() {
    nodes(A, 4, 4);
    nodes(B, 1, 0);
    List<Long> times = new ArrayList<>();
    run(Duration.ofMinutes(1), A, 4, times);
    assertThat(times).containsExactly(5L, 15L, 25L, 35L);
  }

  @Test
  void nobodyGoesWhileEveryZoneIsDown() {
    nodes(A, 2, 2);
    nodes(B, 1, 0);
    List<Long> times = new ArrayList<>();
    run(Duration.ofSeconds(6), A, 2, times);
    assertThat(times).containsExactly(5L);
    expulsions.see("b-0", B, false);
    assertThat(expulsions.ask("a-0")).isEqualTo(Expulsions.LOOK);
    times.clear();
    run(Duration.ofMinutes(5), A, 2, times);
    assertThat(times).isEmpty();
    expulsions.see("b-0", B, true);
    run(Duration.ofSeconds(20), A, 2, times);
    assertThat(times).hasSize(2);
  }

  @Test
  void whoHadItsTurnNeedsNoOtherUntilItIsBack() {
    nodes(A, 10, 2);
    List<Long> times = new ArrayList<>();
    run(Duration.ofSeconds(16), A, 2, times);
    assertThat(times).hasSize(2);
    assertThat(expulsions.ask("a-1")).isZero();
    expulsions.see("a-1", A, true);
    expulsions.see("a-1", A, false);
    assertThat(expulsions.ask("a-1")).isPositive();
  }

  @Test
  void anotherLeaderKnowsWhoHadItsTurn() {
    nodes(A, 10, 2);
    expulsions.note("a-0");
    assertThat(expulsions.ask("a-0")).isZero();
    assertThat(expulsions.ask("a-1")).isEqualTo(Expulsions.LOOK);
    expulsions.note("a-5");
    expulsions.see("a-5", A, false);
    assertThat(expulsions.ask("a-5")).isPositive();
  }

  @Test
  void aNodeThatIsGoneOrMovedHoldsUpNobody() {
    nodes(A, 10, 3);
    expulsions.ask("a-0");
    expulsions.ask("a-1");
    expulsions.ask("a-2");
    timers.advance(Expulsions.LOOK);
    expulsions.forget("a-0");
    expulsions.see("a-1", B, false);
    assertThat(expulsions.ask("a-2")).isZero();
    assertThat(expulsions.ask("a-0")).isPositive();
  }

  /** Nodes of a zone, the first of which are not ready. */
  private void nodes(Zone zone, int count, int notReady) {
    for (int i = 0; i < count; i++) {
      expulsions.see(zone.name() + "-" + i, zone, i >= notReady);
    }
  }

  /** Asks for the first nodes of a zone each second; takes down when they get their turn. */
  private void run(Duration time, Zone zone, int nodes, List<Long> times) {
    List<String> left = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      left.add(zone.name() + "-" + i);
    }
    Instant end = timers.now().plus(time);
    while (timers.now().isBefore(end)) {
      long second =
          Duration.between(Instant.parse("2026-01-01T00:00:00Z"), timers.now()).toSeconds();
      left.removeIf(node -> {
        boolean turn = expulsions.ask(node).isZero();
        if (turn) {
          times.add(second);
        }
        return turn;
      });
      timers.advance(Duration.ofSeconds(1));
    }
  }
}

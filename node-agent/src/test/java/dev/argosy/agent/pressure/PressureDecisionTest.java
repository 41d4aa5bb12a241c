package dev.argosy.agent.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each sentence of Kubernetes' page about thresholds and conditions. */
final class PressureDecisionTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final EvictionSettings SETTINGS =
      new EvictionSettings.Texts(
              "memory.available<100,nodefs.available<10%",
              "memory.available<200", "memory.available=1m", "nodefs.available=50")
          .settings(Duration.ofMinutes(5), Duration.ZERO);

  private PressureState state = PressureState.CALM;

  private PressureDecision after(Duration time, long memory, long disk) {
    PressureDecision decision =
        PressureDecision.of(
            SETTINGS,
            state,
            Map.of(Signal.MEMORY, new Level(memory, 1000), Signal.NODE_DISK, new Level(disk, 1000)),
            NOW.plus(time));
    state = decision.state();
    return decision;
  }

  private static List<Signal> due(PressureDecision decision) {
    return decision.due().stream().map(Threshold::signal).toList();
  }

  @Test
  void enoughOfEverythingIsCalm() {
    PressureDecision decision = after(Duration.ZERO, 200, 100);
    assertThat(decision.due()).isEmpty();
    assertThat(decision.state()).isEqualTo(PressureState.CALM);
  }

  @Test
  void aHardThresholdIsDueAtOnceAndASoftOneAfterItsGrace() {
    assertThat(after(Duration.ZERO, 150, 100).due()).isEmpty();
    assertThat(state.conditions()).containsExactly(NodeCondition.MEMORY);
    assertThat(after(Duration.ofSeconds(59), 150, 100).due()).isEmpty();
    assertThat(after(Duration.ofSeconds(60), 150, 100).first().orElseThrow().hard()).isFalse();
    assertThat(after(Duration.ofSeconds(61), 99, 100).first().orElseThrow().hard()).isTrue();
  }

  @Test
  void aBreakBeginsTheGraceAnew() {
    after(Duration.ZERO, 150, 100);
    after(Duration.ofSeconds(30), 250, 100);
    assertThat(after(Duration.ofSeconds(70), 150, 100).due()).isEmpty();
    assertThat(after(Duration.ofSeconds(130), 150, 100).due()).hasSize(1);
  }

  @Test
  void whatMustBeReclaimedIsPartOfEnoughOnceItWasTooLittle() {
    assertThat(after(Duration.ZERO, 1000, 120).due()).isEmpty();
    assertThat(due(after(Duration.ofSeconds(10), 1000, 99))).containsExactly(Signal.NODE_DISK);
    assertThat(due(after(Duration.ofSeconds(20), 1000, 149))).containsExactly(Signal.NODE_DISK);
    assertThat(after(Duration.ofSeconds(30), 1000, 150).due()).isEmpty();
    assertThat(after(Duration.ofSeconds(40), 1000, 149).due()).isEmpty();
  }

  @Test
  void theConditionStaysForTheTransitionPeriod() {
    after(Duration.ZERO, 99, 100);
    after(Duration.ofMinutes(4).plusSeconds(59), 500, 100);
    assertThat(state.conditions()).containsExactly(NodeCondition.MEMORY);
    after(Duration.ofMinutes(5), 500, 100);
    assertThat(state.conditions()).isEmpty();
  }

  @Test
  void memoryComesBeforeDisk() {
    assertThat(due(after(Duration.ZERO, 50, 50))).containsExactly(Signal.MEMORY, Signal.NODE_DISK);
    assertThat(state.conditions()).isEqualTo(Set.of(NodeCondition.MEMORY, NodeCondition.DISK));
  }

  @Test
  void whatCannotBeReadIsEnough() {
    assertThat(PressureDecision.of(SETTINGS, state, Map.of(), NOW).due()).isEmpty();
  }
}

package dev.argosy.agent.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for whatever is read and whoever runs. */
final class PressureProperties {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final EvictionSettings SETTINGS =
      new EvictionSettings.Texts(
              "memory.available<100", "memory.available<300", "memory.available=30s", "")
          .settings(Duration.ofMinutes(1), Duration.ZERO);

  @Property(tries = 300)
  void nothingIsDueUnlessItWasShortForItsWholeGraceAndAlwaysThen(
      @ForAll("readings") List<Integer> readings) {
    PressureState state = PressureState.CALM;
    Instant now = Instant.EPOCH;
    int shortFor = 0;
    int sinceShort = 1000;
    for (int memory : readings) {
      PressureDecision decision =
          PressureDecision.of(SETTINGS, state, Map.of(Signal.MEMORY, new Level(memory, 1000)), now);
      shortFor = memory < 300 ? shortFor + 1 : 0;
      sinceShort = memory < 300 ? 0 : sinceShort + 1;
      assertThat(decision.due().stream().anyMatch(Threshold::hard)).isEqualTo(memory < 100);
      assertThat(decision.due().stream().anyMatch(t -> !t.hard())).isEqualTo(shortFor > 3);
      assertThat(decision.state().conditions().contains(NodeCondition.MEMORY))
          .isEqualTo(sinceShort < 6);
      state = decision.state();
      now = now.plus(STEP);
    }
  }

  @Provide
  Arbitrary<List<Integer>> readings() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 1000)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 350)))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void nobodyGoesBeforeOneWhoTakesMoreThanAskedUnlessDoingSoToo(
      @ForAll("uses") List<PodUse> uses, @ForAll Signal signal) {
    List<PodUse> order = VictimOrder.of(signal, uses);
    assertThat(order).doesNotHaveDuplicates().isSubsetOf(uses);
    assertThat(order).noneMatch(use -> PodUse.critical(use.pod()));
    assertThat(order).hasSize((int) uses.stream().filter(u -> !PodUse.critical(u.pod())).count());
    for (int i = 1; i < order.size(); i++) {
      assertThat(notAfter(signal, order.get(i - 1), order.get(i))).isTrue();
    }
    List<PodUse> other = new ArrayList<>(uses);
    other.sort(Comparator.comparing((PodUse use) -> use.pod().uid()).reversed());
    assertThat(VictimOrder.of(signal, other)).isEqualTo(order);
  }

  private static boolean notAfter(Signal signal, PodUse first, PodUse second) {
    boolean over = first.used(signal) > first.requested(signal);
    boolean otherOver = second.used(signal) > second.requested(signal);
    if (signal != Signal.PROCESSES && over != otherOver) {
      return over;
    }
    long priority = PodUse.priority(first.pod());
    long otherPriority = PodUse.priority(second.pod());
    return priority < otherPriority
        || priority == otherPriority
            && first.used(signal) - first.requested(signal)
                >= second.used(signal) - second.requested(signal);
  }

  @Provide
  Arbitrary<List<PodUse>> uses() {
    Arbitrary<PodUse> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 9999),
                Arbitraries.of(0L, 0L, 10L, 1000L, 2_000_000_000L, 2_000_001_000L),
                Arbitraries.longs().between(0, 3).map(n -> n * 100),
                Arbitraries.longs().between(0, 500))
            .as((name, priority, requested, used) ->
                Pods.use("p" + name, priority, requested, used));
    return one.list().ofMaxSize(12).uniqueElements(use -> use.pod().uid());
  }
}

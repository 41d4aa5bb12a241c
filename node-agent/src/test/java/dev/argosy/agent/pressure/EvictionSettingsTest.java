package dev.argosy.agent.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thresholds as they are written. */
final class EvictionSettingsTest {

  private static EvictionSettings settings(String hard, String soft, String grace, String reclaim) {
    return new EvictionSettings.Texts(hard, soft, grace, reclaim)
        .settings(Duration.ofMinutes(5), Duration.ZERO);
  }

  @Test
  void theDefaultsAreThoseOfKubernetes() {
    assertThat(EvictionSettings.DEFAULT.thresholds())
        .extracting(Threshold::signal, t -> t.least(new Level(0, 1000L << 20)), Threshold::hard)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Signal.MEMORY, 100L << 20, true),
            org.assertj.core.groups.Tuple.tuple(Signal.NODE_DISK, 100L << 20, true),
            org.assertj.core.groups.Tuple.tuple(Signal.NODE_INODES, 50L << 20, true),
            org.assertj.core.groups.Tuple.tuple(Signal.IMAGE_DISK, 150L << 20, true),
            org.assertj.core.groups.Tuple.tuple(Signal.IMAGE_INODES, 50L << 20, true));
    assertThat(EvictionSettings.DEFAULT.transition()).isEqualTo(Duration.ofMinutes(5));
    assertThat(EvictionSettings.DEFAULT.longestGrace()).isZero();
    assertThat(EvictionSettings.DEFAULT.kept(Signal.MEMORY, 1L << 30)).isEqualTo(100L << 20);
    assertThat(EvictionSettings.DEFAULT.kept(Signal.PROCESSES, 1000)).isZero();
  }

  @Test
  void softOnesHaveTheirGraceAndWhatMustBeReclaimed() {
    EvictionSettings settings =
        settings(
            "memory.available<5%",
            "memory.available<1Gi, pid.available<1k",
            "memory.available=1m30s,pid.available=500ms",
            "memory.available=10%");
    assertThat(settings.thresholds())
        .isEqualTo(
            List.of(
                new Threshold(
                    Signal.MEMORY, new Amount(0, 0.05), Duration.ZERO, new Amount(0, 0.1)),
                new Threshold(
                    Signal.MEMORY,
                    new Amount(1L << 30, 0),
                    Duration.ofSeconds(90),
                    new Amount(0, 0.1)),
                new Threshold(
                    Signal.PROCESSES,
                    new Amount(1000, 0),
                    Duration.ofMillis(500),
                    Amount.NOTHING)));
  }

  @Test
  void noThresholdsAreFine() {
    assertThat(settings("", "", "", "").thresholds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory.free<1Mi    |                      |                     | --eviction-hard: \"memory.free\" is not watched; there are [memory.available, nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree, pid.available]",
        "memory.available=1 |                      |                     | --eviction-hard: \"memory.available=1\" is not watched",
        "memory.available<  |                      |                     | --eviction-hard: \"memory.available<\" should be memory.available<VALUE",
        "memory.available<x |                      |                     | neither a quantity such as 100Mi nor a percentage such as 5%",
        "memory.available<-1|                      |                     | is less than nothing",
        "memory.available<101%|                    |                     | 101% is not between 0% and 100%",
        "memory.available<1%,memory.available<2%| |                      | --eviction-hard: memory.available is there twice",
        "                   | memory.available<1Gi |                     | --eviction-soft: memory.available needs a grace, such as --eviction-soft-grace-period memory.available=1m30s",
        "                   | memory.available<1Gi | memory.available=90 | \"90\" is no duration; one is written like 30s, 1m30s or 2h",
      })
  void whatIsWrongIsNamedWithTheRemedy(String hard, String soft, String grace, String message) {
    assertThatThrownBy(() -> settings(text(hard), text(soft), text(grace), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static String text(String cell) {
    return cell == null ? "" : cell;
  }
}

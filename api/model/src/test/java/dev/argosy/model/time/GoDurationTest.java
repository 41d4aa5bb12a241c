package dev.argosy.model.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.000000001S, 1ns",
    "PT0.0000011S, 1.1\u00b5s",
    "PT0.25S, 250ms",
    "PT0.9999S, 999.9ms",
    "PT1S, 1s",
    "PT15.003S, 15.003s",
    "PT1M, 1m0s",
    "PT1M0.5S, 1m0.5s",
    "PT1H, 1h0m0s",
    "PT100H10M10S, 100h10m10s",
    "-PT1.5S, -1.5s"
  })
  void isWrittenAsGoDoes(Duration duration, String text) {
    assertThat(GoDuration.text(duration)).isEqualTo(text);
    assertThat(GoDuration.parse(text)).isEqualTo(duration);
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll long nanos) {
    Duration duration = Duration.ofNanos(nanos == Long.MIN_VALUE ? 0 : nanos);
    assertThat(GoDuration.parse(GoDuration.text(duration))).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "s", "1x", "-", "1s1", "9999999999h"})
  void whatIsNoLengthOfTimeIsRefused(String text) {
    assertThatThrownBy(() -> GoDuration.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("time: ");
  }
}

package dev.argosy.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

  private static final Instant NOW = Instant.parse("2026-01-10T00:00:00Z");

  @ParameterizedTest
  @CsvSource({"0, 0s", "119, 119s", "120, 2m", "7199, 119m", "7200, 2h", "172800, 2d", "-5, 0s"})
  void isWordedAsKubectlWordsIt(long seconds, String text) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    assertThat(Age.of(NOW.minusSeconds(seconds), clock)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource("–")
  void ofSomethingThatNeverHappenedIsADash(String dash) {
    assertThat(Age.of(null, Clock.systemUTC())).isEqualTo(dash);
  }
}

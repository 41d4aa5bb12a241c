package dev.argosy.server.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.tenancy.usage.UsageKept;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeteringConfigTest {

  @Test
  void defaults() {
    MeteringConfig config = MeteringConfig.of(Map.of());
    assertThat(config.labels()).containsExactly("app.kubernetes.io/name");
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.usedInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.prices()).isEmpty();
    assertThat(config.kept())
        .isEqualTo(new UsageKept(Duration.ofDays(62), Duration.ofDays(400), Duration.ofDays(3660)));
  }

  @Test
  void reads() {
    MeteringConfig config =
        MeteringConfig.of(
            Map.of(
                "argosy.metering.labels", " app , team,",
                "argosy.metering.interval", "PT2S",
                "argosy.metering.keep-hours", "P100D"));
    assertThat(config.labels()).isEqualTo(Set.of("app", "team"));
    assertThat(config.interval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.kept().hours()).isEqualTo(Duration.ofDays(100));
    assertThat(MeteringConfig.of(Map.of("argosy.metering.labels", "")).labels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argosy.metering.labels|a,b,c,d,e,f,g,h,i|at most 8 labels",
        "argosy.metering.interval|PT0S|from one second",
        "argosy.metering.used-interval|PT31M|from nothing to half an hour",
        "argosy.metering.interval|soon|must be a time such as",
        "argosy.metering.prices|/no/such/file|price lists cannot be read from /no/such/file",
        "argosy.metering.keep-hours|P10D|hours at least as long",
        "argosy.metering.keep-intervals|P1D|for a week or longer",
      })
  void refuses(String key, String value, String why) {
    assertThatThrownBy(() -> MeteringConfig.of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}

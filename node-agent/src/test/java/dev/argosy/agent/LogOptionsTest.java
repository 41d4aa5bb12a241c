package dev.argosy.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.runtime.spi.LogLimits;
import org.junit.jupiter.api.Test;

final class LogOptionsTest {

  @Test
  void theDefaultsAreKubelets() {
    assertThat(new LogOptions().limits())
        .isEqualTo(new LogLimits(10 << 20, 5))
        .isEqualTo(LogLimits.DEFAULT);
  }

  @Test
  void sizesAreQuantities() {
    LogOptions options = new LogOptions();
    options.maxSize = "1Gi";
    options.maxFiles = 2;
    assertThat(options.limits()).isEqualTo(new LogLimits(1L << 30, 2));
    options.maxSize = "much";
    assertThat(catchThrowableOfType(IllegalArgumentException.class, options::limits))
        .hasMessage("--container-log-max-size is a size such as 10Mi, not \"much\"");
  }
}

package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class HooksTest {

  private static Duration pause(int seconds, Duration limit) {
    JsonNode hook = Json.mapper().readTree("{\"sleep\":{\"seconds\":" + seconds + "}}");
    return Hooks.pause(hook, limit);
  }

  /** A pod whose hook rests longer than its grace lasts gets all of the grace. */
  @Test
  void aRestLastsUntilTheGraceIsOverAndNotAMomentLess() {
    Duration limit = Duration.ofMillis(29_995);
    assertThat(pause(50, limit)).isEqualTo(limit);
    assertThat(pause(5, limit)).isEqualTo(Duration.ofSeconds(5));
    assertThat(pause(0, limit)).isZero();
  }
}

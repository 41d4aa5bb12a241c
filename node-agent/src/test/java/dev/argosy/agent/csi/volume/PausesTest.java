package dev.argosy.agent.csi.volume;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.SetClock;
import dev.argosy.agent.pod.config.ConfigFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PausesTest {

  private final SetClock clock = new SetClock();
  private final Pauses pauses = new Pauses(clock);

  @Test
  void whoAsksTooSoonHearsWhatTheLastOneHeard() {
    pauses.failed("v", "no room");
    assertThatThrownBy(() -> pauses.check("v"))
        .isInstanceOf(ConfigFailure.class)
        .hasMessage("no room");
    clock.advance(Duration.ofSeconds(2));
    assertThatCode(() -> pauses.check("v")).doesNotThrowAnyException();
  }

  @Test
  void aClockThatWasSetBackHoldsNothingUp() {
    pauses.failed("v", "no room");
    clock.advance(Duration.ofHours(-3));
    assertThatCode(() -> pauses.check("v")).doesNotThrowAnyException();
  }
}

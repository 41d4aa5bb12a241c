package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose look serves whom. */
final class NodeLookTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final ManualTimers timers = new ManualTimers(BEGIN);
  private final FakeRuntime runtime = new FakeRuntime(timers.clock());
  private final NodeLook look = new NodeLook(runtime, timers.steady());

  NodeLookTest() {
    runtime.images().add("pause:1");
  }

  private void sandbox(String uid) throws RuntimeFailure {
    runtime.startSandbox(
        new SandboxSpec(
            uid,
            Map.of(PodLabels.UID, uid),
            "pause:1",
            List.of("/pause"),
            "web",
            false,
            false,
            false,
            Map.of(),
            ""));
  }

  private int shared(String uid, Instant after) throws RuntimeFailure {
    return look.shared(uid, after).sandboxes().size();
  }

  @Test
  void aLookServesAllThatRestedBeforeIt() throws RuntimeFailure {
    assertThat(shared("a", BEGIN.minusSeconds(30))).isZero();
    sandbox("b");
    timers.advance(NodeLook.SHARED);
    assertThat(shared("b", BEGIN.minusSeconds(20))).as("seen before it was there").isZero();
    assertThat(look.alone("b").sandboxes()).hasSize(1);
    assertThat(look.alone("a").sandboxes()).isEmpty();
  }

  @Test
  void whatHappenedAfterALookIsNotLookedAtThere() throws RuntimeFailure {
    shared("a", BEGIN.minusSeconds(30));
    sandbox("b");
    timers.advance(Duration.ofSeconds(5));
    assertThat(shared("b", BEGIN)).isEqualTo(1);
    assertThat(shared("a", BEGIN)).isZero();
  }

  @Test
  void anOldLookServesNobody() throws RuntimeFailure {
    shared("a", BEGIN.minusSeconds(30));
    sandbox("b");
    timers.advance(NodeLook.SHARED.plusMillis(1));
    assertThat(shared("b", BEGIN.minusSeconds(20))).isEqualTo(1);
  }

  @Test
  void aLookThatFailsLeavesNothing() throws RuntimeFailure {
    runtime.setUp(false);
    assertThatThrownBy(() -> shared("a", BEGIN.minusSeconds(30)))
        .isInstanceOf(RuntimeFailure.class);
    runtime.setUp(true);
    sandbox("a");
    assertThat(shared("a", BEGIN.minusSeconds(30))).isEqualTo(1);
  }
}

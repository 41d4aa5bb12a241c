package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.SetClock;
import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.plan.Recall.Trouble;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** What is left of deadlines when the clock is set. */
final class ClockShiftTest {

  private final SetClock clock = new SetClock();
  private final SetClock steady = new SetClock();
  private final ClockShift shift = new ClockShift(clock, steady);
  private final PodMemory memory = new PodMemory(shift);
  private final DeletedPod deleted = new DeletedPod(shift, clock);

  private void passes(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    steady.advance(Duration.ofSeconds(seconds));
  }

  private Instant in(long seconds) {
    return clock.instant().plusSeconds(seconds);
  }

  private static PodView pod(long revision, Instant timestamp, long grace) {
    ObjectNode tree = Json.object();
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", "p").put("namespace", "default").put("uid", "u");
    if (grace >= 0) {
      metadata.put("deletionTimestamp", timestamp.toString());
      metadata.put("deletionGracePeriodSeconds", grace);
    }
    tree.putObject("spec");
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, revision, Json.mapper().writeValueAsBytes(tree)));
  }

  private Duration left(PodView pod) {
    Instant end = Objects.requireNonNull(deleted.of(pod).deletionTimestamp());
    return Duration.between(clock.instant(), end);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, -5})
  void restsAndGracesAreAsLongAsTheyWere(long hours) {
    memory.trouble("main", new Trouble("ErrImagePull", "no", 1, in(40)));
    memory.stopping("c", in(30));
    memory.endBy(in(20));
    passes(10);
    clock.advance(Duration.ofHours(hours));
    Recall recall = memory.recall();
    assertThat(recall.troubles().values()).extracting(Trouble::retryAt).containsExactly(in(30));
    assertThat(recall.stopping()).containsEntry("c", in(20));
    assertThat(recall.endBy()).isEqualTo(in(10));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, -5})
  void aDeletedPodHasItsGraceFromWhenItIsSeen(long hours) {
    deleted.of(pod(1, Instant.EPOCH, -1));
    clock.advance(Duration.ofHours(hours));
    PodView ending = pod(2, steady.instant().plusSeconds(30), 30);
    assertThat(left(ending)).isEqualTo(Duration.ofSeconds(30));
    passes(10);
    clock.advance(Duration.ofHours(hours));
    assertThat(left(ending)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aDeletionThatTheNodeHearsOfLateLeavesItsGrace() {
    deleted.of(pod(1, Instant.EPOCH, -1));
    assertThat(left(pod(2, in(-3600), 30))).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aSecondDeletionCanOnlyShorten() {
    deleted.of(pod(1, Instant.EPOCH, -1));
    assertThat(left(pod(2, in(30), 30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(left(pod(3, in(5), 5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(left(pod(4, in(0), 0))).isZero();
    assertThat(left(pod(5, in(50), 50))).isZero();
  }

  @Test
  void whatTheApiNoLongerHasEndsAtOnce() {
    deleted.of(pod(1, Instant.EPOCH, -1));
    assertThat(left(pod(2, in(30), 30))).isEqualTo(Duration.ofSeconds(30));
    assertThat(left(pod(2, in(30), 30).until(clock.instant()))).isZero();
  }

  @Test
  void anAgentThatBeginsAnewGivesWhatIsLeft() {
    assertThat(left(pod(2, in(7), 30))).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aMomentIsLeftAlone() {
    memory.stopping("c", in(30));
    Instant before = memory.recall().stopping().get("c");
    clock.advance(Duration.ofMillis(900));
    assertThat(memory.recall().stopping()).containsEntry("c", before);
  }
}

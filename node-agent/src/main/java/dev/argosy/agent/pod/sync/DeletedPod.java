package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.view.PodView;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * By when a pod that was deleted must have ended. A worker that sees the deletion come gives the
 * whole grace from then on, as kubelet does: the API's time may be another clock's, or long past if
 * the server could not be reached. One that begins with a deleted pod goes by the API's time. Only
 * the pod's worker enters.
 */
final class DeletedPod {

  private final ClockShift shift;
  private final Clock clock;
  private boolean wanted;

  /** What the API said last, and the deadline that is kept; null before the deletion. */
  private @Nullable Instant said;

  private @Nullable Instant kept;

  DeletedPod(ClockShift shift, Clock clock) {
    this.shift = shift;
    this.clock = clock;
  }

  /** The pod as its end is to be planned; unchanged while it is wanted. */
  PodView of(PodView pod) {
    Instant timestamp = pod.deletionTimestamp();
    if (timestamp == null) {
      wanted = true;
      return pod;
    }
    Instant present = kept;
    if (present == null || !timestamp.equals(said)) {
      Instant next = shift.kept(deadline(pod, timestamp));
      present = present != null && present.isBefore(next) ? present : next;
      kept = present;
      said = timestamp;
    }
    return pod.endingBy(shift.shown(present));
  }

  private Instant deadline(PodView pod, Instant timestamp) {
    JsonNode grace = pod.metadata().path("deletionGracePeriodSeconds");
    return wanted && grace.isNumber() && !pod.gone()
        ? clock.instant().plusSeconds(grace.asLong(0))
        : timestamp;
  }
}

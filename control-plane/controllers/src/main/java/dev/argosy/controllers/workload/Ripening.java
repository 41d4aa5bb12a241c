package dev.argosy.controllers.workload;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When pods that are ready become available: {@code minReadySeconds} may be long. */
public final class Ripening {

  private Ripening() {}

  /** To look again when the next of the pods becomes available, if nothing changes. */
  public static Outcome next(List<PodView> pods, int minReadySeconds, Instant now) {
    return pods.stream()
        .filter(PodView::active)
        .flatMap(pod -> pod.ready().stream())
        .map(ready -> ready.plusSeconds(minReadySeconds))
        .filter(at -> minReadySeconds > 0 && at.isAfter(now))
        .min(Instant::compareTo)
        .map(at -> Outcome.requeueAfter(Duration.between(now, at)))
        .orElse(Outcome.DONE);
  }
}

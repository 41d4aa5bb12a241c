package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.plan.Observed;
import dev.argosy.agent.pod.view.PodView;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks once whether the node takes a pod. One that was begun before, by this agent or the one
 * before it, is never refused. Once made, only its worker enters.
 */
final class Entrance {

  /** What becomes of the pod. */
  sealed interface Answer {
    /** It goes on. */
    record Goes() implements Answer {}

    /** Not all pods of the node are known yet, which may have what it wants. */
    record Waits() implements Answer {}

    record Refused(Rejection why) implements Answer {}
  }

  private static final Answer GOES = new Answer.Goes();

  private final PodAdmission admission;
  private final BooleanSupplier complete;
  private boolean settled;

  Entrance(PodView pod, PodAdmission admission, BooleanSupplier complete) {
    this.admission = admission;
    this.complete = complete;
    if (begun(pod)) {
      admission.keep(pod);
      settled = true;
    }
  }

  private static boolean begun(PodView pod) {
    return !pod.terminal() && !pod.status().path("startTime").asString("").isEmpty();
  }

  Answer consider(PodView pod, Observed observed) {
    if (pod.terminal()) {
      if (observed.running().isEmpty()) {
        admission.free(pod);
      }
      return GOES;
    }
    if (settled || pod.deletionTimestamp() != null) {
      return GOES;
    }
    if (!observed.sandboxes().isEmpty() || !observed.containers().isEmpty()) {
      admission.keep(pod);
      settled = true;
      return GOES;
    }
    if (!complete.getAsBoolean()) {
      return new Answer.Waits();
    }
    Optional<Rejection> rejection = admission.admit(pod);
    settled = rejection.isEmpty();
    return rejection.isEmpty() ? GOES : new Answer.Refused(rejection.get());
  }

  /** It is gone. */
  void leave(PodView pod) {
    admission.free(pod);
  }
}

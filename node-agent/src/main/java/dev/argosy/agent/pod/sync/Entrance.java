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

    /** Others may have what it wants, or are about to give it back. */
    record Waits() implements Answer {}

    /**
     * It fails.
     *
     * @param first whether nobody has heard of it yet
     */
    record Refused(Rejection why, boolean first) implements Answer {}
  }

  private static final Answer GOES = new Answer.Goes();

  private final PodAdmission admission;
  private final BooleanSupplier complete;
  private boolean settled;
  private Optional<Rejection> refused;

  /**
   * @param complete whether all pods of the node are known
   * @param refused what an agent before this one said
   */
  Entrance(
      PodView pod, PodAdmission admission, BooleanSupplier complete, Optional<Rejection> refused) {
    this.refused = refused;
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
    if (refused.isPresent()) {
      return new Answer.Refused(refused.get(), false);
    }
    if (!observed.sandboxes().isEmpty() || !observed.containers().isEmpty()) {
      admission.keep(pod);
      settled = true;
      return GOES;
    }
    if (!complete.getAsBoolean() || admission.later(pod)) {
      return new Answer.Waits();
    }
    refused = admission.admit(pod);
    settled = refused.isEmpty();
    return settled ? GOES : new Answer.Refused(refused.orElseThrow(), true);
  }

  /** What the pod takes now, be it that its size was changed or that it goes. */
  void counts(PodView granted) {
    if (settled && !granted.terminal()) {
      admission.keep(granted);
    }
  }

  /** It is gone. */
  void leave(PodView pod) {
    admission.free(pod);
  }
}

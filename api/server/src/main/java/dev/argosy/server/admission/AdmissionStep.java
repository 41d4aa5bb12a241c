package dev.argosy.server.admission;

/**
 * One rule that every write passes, after authorization and before the store. All mutating parts
 * run first, in the order of the list; then defaults and validation of the kind; then all
 * validating parts. Called by many threads.
 */
public interface AdmissionStep {

  /** As measurements name it. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** Changes the object where the rule wants it, or refuses. Must be safe to do twice. */
  default void mutate(AdmissionRequest request) {}

  /**
   * Refuses what the rule forbids, by {@link dev.argosy.model.status.StatusException}; changes
   * nothing.
   */
  default void validate(AdmissionRequest request) {}
}

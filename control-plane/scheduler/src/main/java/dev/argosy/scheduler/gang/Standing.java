package dev.argosy.scheduler.gang;

import dev.argosy.scheduler.pod.PodView;
import java.util.Optional;

/** Where a member of a gang is. */
enum Standing {
  /** It must not be scheduled yet. */
  GATED,
  /** It has no node. */
  WAITING,
  /** A node was chosen for it; that it is bound has not been seen. */
  PLACED,
  BOUND,
  /** It has a node and is being deleted. */
  ENDING,
  SUCCEEDED;

  /**
   * What a pod is to its gang; empty if it will never run.
   *
   * @param placed whether a node was chosen for it
   */
  static Optional<Standing> of(PodView pod, boolean placed) {
    if (pod.ended()) {
      return pod.state().succeeded() ? Optional.of(SUCCEEDED) : Optional.empty();
    }
    if (!pod.node().isEmpty()) {
      return Optional.of(pod.deleting() ? ENDING : BOUND);
    }
    if (pod.pending()) {
      return Optional.of(placed ? PLACED : WAITING);
    }
    return pod.state().gated() && pod.state().ours() && !pod.deleting()
        ? Optional.of(GATED)
        : Optional.empty();
  }
}

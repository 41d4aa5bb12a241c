package dev.argosy.agent.pod.admit;

import dev.argosy.agent.pod.view.PodView;
import java.util.Optional;

/**
 * One of the things that a pod which is new to the node is asked about. It may take what the pod
 * wants, and gives it back when the pod is gone, or another check refuses it. Any thread.
 */
@FunctionalInterface
public interface Check {

  /** Why the pod may not begin; empty if it may. Asking again for the same pod changes nothing. */
  Optional<Rejection> admit(PodView pod);

  /**
   * Whether the pod should ask again a little later, since what it wants is about to be there.
   * Asked before {@link #admit}. May begin to make room for a pod that has the right to it.
   */
  default boolean later(PodView pod) {
    return false;
  }

  /** Counts a pod that was begun before, or was granted another size, whatever it asks for. */
  default void keep(PodView pod) {}

  /** A pod that was taken is on its way out. */
  default void leaves(String uid) {}

  /** A pod has ended, is gone, or was refused; nothing happens if it has nothing. */
  default void free(PodView pod) {}
}

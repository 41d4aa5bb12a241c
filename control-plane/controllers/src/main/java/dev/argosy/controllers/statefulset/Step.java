package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.pod.PodView;

/** One thing to do for a StatefulSet. */
sealed interface Step {

  /** A pod, and before it the claims that it needs. */
  record Create(int ordinal) implements Step {}

  /** Claims that a pod waits for. */
  record Claim(int ordinal) implements Step {}

  /** A pod that has ended, is too many, or is of an old template. */
  record Delete(PodView pod) implements Step {}

  /** A pod gets the labels that its name promises. */
  record Label(PodView pod, int ordinal) implements Step {}

  /**
   * The claims of a pod get the owners that the retention policy wants.
   *
   * @param surplus whether the pod is too many
   */
  record Own(PodView pod, int ordinal, boolean surplus) implements Step {}
}

package dev.argosy.model.node;

/** What a pod bears while there is no node for it. */
public final class Unschedulable {

  /**
   * The annotation in which the scheduler says why, for programs; it is gone when the pod is bound.
   */
  public static final String ANNOTATION = "scheduling.argosy.dev/unschedulable";

  private Unschedulable() {}
}

package dev.argosy.scheduler.filter;

import java.util.List;

/** What a filter says of a pod and a node. */
public sealed interface Verdict {

  record Fits() implements Verdict {}

  /**
   * Rejected.
   *
   * @param reasons in the words of Kubernetes, to follow a count of nodes
   * @param anyway whether it would be so without any other pod on the node
   */
  record Rejected(List<String> reasons, boolean anyway) implements Verdict {
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }

  Verdict FITS = new Fits();

  /** Whatever runs there. */
  static Rejected never(String reason) {
    return new Rejected(List.of(reason), true);
  }

  /** While other pods run there. */
  static Rejected notNow(String reason) {
    return new Rejected(List.of(reason), false);
  }
}

package dev.argosy.scheduler.filter;

import java.util.List;

/** What a filter says of a pod and a node. */
public sealed interface Verdict {

  record Fits() implements Verdict {}

  /**
   * Rejected.
   *
   * @param reasons in the words of Kubernetes, to follow a count of nodes
   */
  record Rejected(List<String> reasons) implements Verdict {
    public Rejected {
      reasons = List.copyOf(reasons);
    }
  }

  Verdict FITS = new Fits();

  static Verdict rejected(String reason) {
    return new Rejected(List.of(reason));
  }

  static Verdict fitsIf(boolean fits, String otherwise) {
    return fits ? FITS : rejected(otherwise);
  }
}

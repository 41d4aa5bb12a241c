package dev.argosy.scheduler.explain;

import dev.argosy.scheduler.filter.Lack;
import java.util.List;
import java.util.Optional;

/**
 * Why no node fits.
 *
 * @param nodes how many the pod's cluster may use
 * @param reasons those that keep it from most nodes first
 * @param nearest the node that lacks the least; empty if there is none
 */
public record Explanation(int nodes, List<Reason> reasons, Optional<Nearest> nearest) {

  /**
   * One reason of one filter.
   *
   * @param filter as Kubernetes calls its plugin
   * @param reason in Kubernetes' words
   * @param nodes how many nodes it keeps the pod from
   */
  public record Reason(String filter, String reason, int nodes) {}

  /** A node, and all that it lacks. */
  public record Nearest(String node, List<Lack> lacks) {
    public Nearest {
      lacks = List.copyOf(lacks);
    }
  }

  public Explanation {
    reasons = List.copyOf(reasons);
  }
}

package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.Optional;

/** One condition on where a pod runs that depends on more than the node. */
public interface WideFilter extends Rejecter {

  /** A filter made ready for one attempt; holds while nothing changes. */
  interface Check {
    Verdict check(NodeState node);
  }

  /** Looks once at what all nodes have in common; empty if no node can be rejected. */
  Optional<Check> prepare(Attempt attempt);
}

package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import java.util.List;
import java.util.Optional;

/** One wish about where a pod runs that depends on more than the node. */
public interface WideScore {

  /** As Kubernetes calls its plugin. */
  String name();

  /**
   * What the nodes are to it each by itself; empty if a node's mark depends on the others that are
   * candidates, or on pods.
   */
  Optional<NodeMarks> alone(Attempt attempt);

  /**
   * Marks from 0 to {@link Score#BEST}, one for each candidate; empty if all candidates are alike.
   */
  Optional<long[]> marks(Attempt attempt, List<NodeState> candidates);
}

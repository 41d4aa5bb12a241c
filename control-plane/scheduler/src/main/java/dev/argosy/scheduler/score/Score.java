package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** One wish about where a pod runs. */
public interface Score {

  /** The best mark. */
  long BEST = 100;

  /** What the raw numbers mean. */
  enum Scale {
    /** They are marks from 0 to {@link #BEST} already. */
    MARKS,
    /** The greatest among all candidates gets the best mark. */
    MORE_IS_BETTER,
    /** The greatest among all candidates gets the worst mark, zero the best. */
    LESS_IS_BETTER
  }

  String name();

  /** How much it counts beside the others. */
  int weight();

  Scale scale();

  /** Not negative. */
  long raw(Demand demand, NodeState node);
}

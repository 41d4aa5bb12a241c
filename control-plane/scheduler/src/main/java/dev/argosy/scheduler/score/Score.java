package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/**
 * One wish about the node where a pod runs, which depends on nothing but the demand and the node;
 * so its answers are remembered.
 */
public interface Score {

  /** The best mark. */
  int BEST = 100;

  /** What the raw numbers mean. */
  enum Scale {
    /** They are marks from 0 to {@link #BEST} already. */
    MARKS,
    /** The greatest among all candidates gets the best mark. */
    MORE_IS_BETTER,
    /** The greatest among all candidates gets the worst mark, zero the best. */
    LESS_IS_BETTER
  }

  /** What its marks mean among nodes that are to be filled one after another. */
  enum Filling {
    /** The same as among others. */
    COUNTS,
    /** Nothing: it would draw pods away from the node that is being filled. */
    ALIKE,
    /** They are for being full, and made comparable with those of other nodes. */
    ALIGNED
  }

  /** As Kubernetes calls its plugin. */
  String name();

  Scale scale();

  default Filling filling() {
    return Filling.COUNTS;
  }

  /** Not negative. */
  int raw(Demand demand, NodeState node);
}

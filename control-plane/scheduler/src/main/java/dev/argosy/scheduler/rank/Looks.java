package dev.argosy.scheduler.rank;

import dev.argosy.scheduler.node.NodeState;

/** What filters and scores of nodes say of one demand. */
public interface Looks {

  /** Whether the demand fits on the node. */
  boolean fits(NodeState node);

  /** What a score says of a node where the demand fits, after it was asked whether it does. */
  int raw(int score, NodeState node);
}

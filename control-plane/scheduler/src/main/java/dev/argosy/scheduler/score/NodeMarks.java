package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;

/**
 * Marks that depend on no other candidate. Immutable; equal to those that give every node the same.
 */
public interface NodeMarks {

  /** That every node gets the same. */
  NodeMarks NONE = node -> 0;

  /** From 0 to {@link Score#BEST}. */
  long of(NodeState node);
}

package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import java.util.List;

/**
 * One condition on the node where a pod runs, which depends on nothing but the demand and the node;
 * so its answers are remembered.
 */
public interface Filter extends Rejecter {

  Verdict check(Demand demand, NodeState node);

  /** All that the node lacks so that this filter would let the pod in; nothing if it does. */
  default List<Lack> lacks(Demand demand, NodeState node) {
    return Lacks.of(name(), check(demand, node));
  }
}

package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/**
 * One condition on the node where a pod runs, which depends on nothing but the demand and the node;
 * so its answers are remembered.
 */
public interface Filter extends Rejecter {

  Verdict check(Demand demand, NodeState node);
}

package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** One condition on where a pod may run. */
public interface Filter {

  /** As Kubernetes calls its plugin. */
  String name();

  Verdict check(Demand demand, NodeState node);

  /** Whether a pod that this filter rejected may fit after such a change. */
  boolean mayHelp(ClusterChange change);
}

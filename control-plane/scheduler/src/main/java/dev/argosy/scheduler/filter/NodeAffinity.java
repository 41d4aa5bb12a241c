package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** Node selector and required node affinity. */
final class NodeAffinity implements Filter {

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    boolean selected =
        node.node().labels().entrySet().containsAll(demand.nodeSelector().entrySet());
    boolean required =
        demand.required().isEmpty()
            || demand.required().get().stream()
                .anyMatch(t -> t.matches(node.node().name(), node.node().labels()));
    return Verdict.fitsIf(
        selected && required, "node(s) didn't match Pod's node affinity/selector");
  }

  @Override
  public boolean mayHelp(ClusterChange change) {
    return change == ClusterChange.NODE_ADDED
        || change == ClusterChange.NODE_LABELS
        || change == ClusterChange.POOLS;
  }
}

package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Demand;

/** Keeps pods from cordoned nodes, unless they tolerate the taint that stands for it. */
final class NodeUnschedulable implements Filter {

  private static final Taint CORDON =
      new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

  @Override
  public String name() {
    return "NodeUnschedulable";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    boolean fits =
        !node.node().unschedulable()
            || demand.tolerations().stream().anyMatch(t -> t.tolerates(CORDON));
    return Verdict.fitsIf(fits, "node(s) were unschedulable");
  }

  @Override
  public boolean mayHelp(ClusterChange change) {
    return change == ClusterChange.NODE_ADDED
        || change == ClusterChange.NODE_TAINTS
        || change == ClusterChange.POOLS;
  }
}

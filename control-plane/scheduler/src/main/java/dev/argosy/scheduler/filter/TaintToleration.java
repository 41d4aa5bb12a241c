package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Demand;

/** Keeps pods from nodes with taints that they do not tolerate. */
final class TaintToleration implements Filter {

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    for (Taint taint : node.node().taints()) {
      if (taint.forbids() && demand.tolerations().stream().noneMatch(t -> t.tolerates(taint))) {
        return Verdict.rejected("node(s) had untolerated taint(s)");
      }
    }
    return Verdict.FITS;
  }

  @Override
  public boolean mayHelp(ClusterChange change) {
    return change == ClusterChange.NODE_ADDED
        || change == ClusterChange.NODE_TAINTS
        || change == ClusterChange.POOLS;
  }
}

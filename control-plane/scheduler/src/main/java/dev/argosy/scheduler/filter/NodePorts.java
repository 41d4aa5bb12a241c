package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.HostPort;

/** Ports of the node that are taken. */
final class NodePorts implements Filter {

  @Override
  public String name() {
    return "NodePorts";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    for (HostPort wanted : demand.hostPorts()) {
      if (node.hostPorts().stream().anyMatch(wanted::conflictsWith)) {
        return Verdict.rejected("node(s) didn't have free ports for the requested pod ports");
      }
    }
    return Verdict.FITS;
  }

  @Override
  public boolean mayHelp(ClusterChange change) {
    return change == ClusterChange.NODE_ADDED
        || change == ClusterChange.POD_GONE
        || change == ClusterChange.POOLS;
  }
}

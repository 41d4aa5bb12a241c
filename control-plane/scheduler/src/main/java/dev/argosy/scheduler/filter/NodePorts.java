package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.HostPort;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Ports of the node that are taken. */
final class NodePorts implements Filter {

  private static final Verdict REJECTED =
      Verdict.notNow("node(s) didn't have free ports for the requested pod ports");

  @Override
  public String name() {
    return "NodePorts";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    for (HostPort wanted : demand.hostPorts()) {
      for (HostPort taken : node.hostPorts()) {
        if (wanted.conflictsWith(taken)) {
          return REJECTED;
        }
      }
    }
    return Verdict.FITS;
  }

  @Override
  public List<Lack> lacks(Demand demand, NodeState node) {
    List<Lack> lacks = new ArrayList<>();
    for (HostPort wanted : demand.hostPorts()) {
      if (node.hostPorts().stream().anyMatch(wanted::conflictsWith)) {
        lacks.add(new Lack.Port(name(), wanted));
      }
    }
    return lacks;
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.POD_GONE, ClusterChange.POOLS);
  }

  @Override
  public boolean mayHelp(PodView waiting, Change change) {
    return change.pod().isEmpty() || !change.pod().get().demand().hostPorts().isEmpty();
  }
}

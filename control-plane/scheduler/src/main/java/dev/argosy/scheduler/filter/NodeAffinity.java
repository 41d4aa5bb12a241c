package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import java.util.EnumSet;
import java.util.Set;

/** Node selector and required node affinity. */
final class NodeAffinity implements Filter {

  static final Verdict.Rejected REJECTED =
      Verdict.never("node(s) didn't match Pod's node affinity/selector");

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    return demand.wants(node.node()) ? Verdict.FITS : REJECTED;
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_LABELS, ClusterChange.POOLS);
  }
}

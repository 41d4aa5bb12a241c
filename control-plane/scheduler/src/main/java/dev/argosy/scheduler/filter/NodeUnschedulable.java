package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Demand;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keeps pods from cordoned nodes, unless they tolerate the taint that stands for it. */
final class NodeUnschedulable implements Filter {

  private static final Taint CORDON =
      new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");
  private static final Verdict REJECTED = Verdict.never("node(s) were unschedulable");

  @Override
  public String name() {
    return "NodeUnschedulable";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    return !node.node().unschedulable() || demand.tolerates(CORDON) ? Verdict.FITS : REJECTED;
  }

  @Override
  public List<Lack> lacks(Demand demand, NodeState node) {
    return check(demand, node) == Verdict.FITS
        ? List.of()
        : List.of(new Lack.Toleration(name(), CORDON));
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_TAINTS, ClusterChange.POOLS);
  }
}

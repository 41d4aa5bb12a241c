package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Demand;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keeps pods from nodes with taints that they do not tolerate. */
final class TaintToleration implements Filter {

  private static final Verdict REJECTED = Verdict.never("node(s) had untolerated taint(s)");

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    for (Taint taint : node.node().taints()) {
      if (taint.forbids() && !demand.tolerates(taint)) {
        return REJECTED;
      }
    }
    return Verdict.FITS;
  }

  @Override
  public List<Lack> lacks(Demand demand, NodeState node) {
    List<Lack> lacks = new ArrayList<>();
    for (Taint taint : node.node().taints()) {
      if (taint.forbids() && !demand.tolerates(taint)) {
        lacks.add(new Lack.Toleration(name(), taint));
      }
    }
    return lacks;
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(ClusterChange.NODE_ADDED, ClusterChange.NODE_TAINTS, ClusterChange.POOLS);
  }
}

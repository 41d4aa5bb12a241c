package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.Resources;
import java.util.ArrayList;
import java.util.List;

/** Whether what is left of the node is enough; names all that is short. */
final class NodeResourcesFit implements Filter {

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public Verdict check(Demand demand, NodeState node) {
    Resources wanted = demand.requests();
    Resources has = node.node().allocatable();
    Resources used = node.used();
    List<String> reasons = new ArrayList<>(0);
    if (node.pods() + 1 > node.node().maxPods()) {
      reasons.add("Too many pods");
    }
    check("cpu", wanted.milliCpu(), has.milliCpu() - used.milliCpu(), reasons);
    check("memory", wanted.memory(), has.memory() - used.memory(), reasons);
    check("ephemeral-storage", wanted.storage(), has.storage() - used.storage(), reasons);
    wanted
        .other()
        .forEach((name, amount) ->
            check(
                name,
                amount,
                has.other().getOrDefault(name, 0L) - used.other().getOrDefault(name, 0L),
                reasons));
    return reasons.isEmpty() ? Verdict.FITS : new Verdict.Rejected(reasons);
  }

  /** What is not asked for cannot be short, even on a node that is over its capacity. */
  private static void check(String name, long wanted, long left, List<String> reasons) {
    if (wanted > 0 && wanted > left) {
      reasons.add("Insufficient " + name);
    }
  }

  @Override
  public boolean mayHelp(ClusterChange change) {
    return change == ClusterChange.NODE_ADDED
        || change == ClusterChange.NODE_CAPACITY
        || change == ClusterChange.POD_GONE
        || change == ClusterChange.POOLS;
  }
}

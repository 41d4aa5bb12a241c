package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/**
 * Rather a node of which much is left (Kubernetes' strategy {@code LeastAllocated}), processor and
 * memory counting alike; of nodes that are to be filled one after another, rather one of which
 * little is left ({@code MostAllocated}).
 */
final class ResourcesFit implements Score {

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public Scale scale() {
    return Scale.MARKS;
  }

  @Override
  public Filling filling() {
    return Filling.ALIGNED;
  }

  @Override
  public int raw(Demand demand, NodeState node) {
    return node.node().packs() ? taken(demand, node) : left(demand, node);
  }

  /** The mark for what is left of a node with the pod. */
  static int left(Demand demand, NodeState node) {
    long cpu = demand.usual().milliCpu() + node.usual().milliCpu();
    long memory = demand.usual().memory() + node.usual().memory();
    return (left(cpu, node.node().allocatable().milliCpu())
            + left(memory, node.node().allocatable().memory()))
        / 2;
  }

  private static int left(long used, long all) {
    return all <= 0 || used >= all ? 0 : (int) ((double) (all - used) / all * BEST);
  }

  private static int taken(Demand demand, NodeState node) {
    long cpu = demand.usual().milliCpu() + node.usual().milliCpu();
    long memory = demand.usual().memory() + node.usual().memory();
    return (taken(cpu, node.node().allocatable().milliCpu())
            + taken(memory, node.node().allocatable().memory()))
        / 2;
  }

  private static int taken(long used, long all) {
    return all <= 0 ? 0 : (int) ((double) Math.min(used, all) / all * BEST);
  }
}

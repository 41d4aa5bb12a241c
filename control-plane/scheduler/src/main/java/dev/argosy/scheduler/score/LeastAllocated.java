package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** Rather a node of which much is left, processor and memory counting alike. */
final class LeastAllocated implements Score {

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public int weight() {
    return 1;
  }

  @Override
  public Scale scale() {
    return Scale.MARKS;
  }

  @Override
  public int raw(Demand demand, NodeState node) {
    long cpu = demand.usual().milliCpu() + node.usual().milliCpu();
    long memory = demand.usual().memory() + node.usual().memory();
    return (left(cpu, node.node().allocatable().milliCpu())
            + left(memory, node.node().allocatable().memory()))
        / 2;
  }

  private static int left(long used, long all) {
    return all <= 0 || used >= all ? 0 : (int) ((double) (all - used) / all * BEST);
  }
}

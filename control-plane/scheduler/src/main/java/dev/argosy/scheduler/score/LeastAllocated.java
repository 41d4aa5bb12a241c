package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/**
 * Rather a node of which much is left, processor and memory counting alike. Pods that ask for
 * nothing count as a little (100 millicores, 200 MiB), so that they spread too.
 */
final class LeastAllocated implements Score {

  private static final long LITTLE_CPU = 100;
  private static final long LITTLE_MEMORY = 200L * 1024 * 1024;

  @Override
  public String name() {
    return "NodeResourcesLeastAllocated";
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
  public long raw(Demand demand, NodeState node) {
    long cpu = Math.max(demand.requests().milliCpu(), LITTLE_CPU) + node.used().milliCpu();
    long memory = Math.max(demand.requests().memory(), LITTLE_MEMORY) + node.used().memory();
    return (left(cpu, node.node().allocatable().milliCpu())
            + left(memory, node.node().allocatable().memory()))
        / 2;
  }

  private static long left(long used, long all) {
    return all <= 0 || used >= all ? 0 : (long) ((double) (all - used) / all * BEST);
  }
}

package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/**
 * Rather a node of which processor and memory are used to the same part with the pod. Says nothing
 * of a pod that asks for neither, nor of nodes that are to be filled one after another.
 */
final class BalancedAllocation implements Score {

  @Override
  public String name() {
    return "NodeResourcesBalancedAllocation";
  }

  @Override
  public Scale scale() {
    return Scale.MARKS;
  }

  @Override
  public Filling filling() {
    return Filling.ALIKE;
  }

  @Override
  public int raw(Demand demand, NodeState node) {
    long cpu = demand.requests().milliCpu();
    long memory = demand.requests().memory();
    if (cpu == 0 && memory == 0) {
      return 0;
    }
    double ofCpu = part(cpu + node.used().milliCpu(), node.node().allocatable().milliCpu());
    double ofMemory = part(memory + node.used().memory(), node.node().allocatable().memory());
    return (int) ((1 - Math.abs(ofCpu - ofMemory) / 2) * BEST);
  }

  private static double part(long used, long all) {
    return all <= 0 ? 1 : Math.min(1, (double) used / all);
  }
}

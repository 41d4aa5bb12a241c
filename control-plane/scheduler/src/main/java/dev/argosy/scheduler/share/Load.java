package dev.argosy.scheduler.share;

import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.Resources;
import java.util.Map;

/** Amounts of resources; places for pods are one of them. */
record Load(Resources resources, long pods) {

  static final String CPU = "cpu";
  static final String MEMORY = "memory";
  static final String STORAGE = "ephemeral-storage";
  static final String PODS = "pods";

  static final Load NONE = new Load(Resources.NONE, 0);

  /** One resource, beside what there is of it on all nodes. */
  interface OfEach {
    void see(String name, long amount, long all);
  }

  Load plus(Demand pod) {
    return new Load(resources.plus(pod.requests()), pods + 1);
  }

  Load minus(Demand pod) {
    return new Load(resources.minus(pod.requests()), pods - 1);
  }

  Load plus(Load more) {
    return new Load(resources.plus(more.resources), pods + more.pods);
  }

  Load minus(Load less) {
    return new Load(resources.minus(less.resources), pods - less.pods);
  }

  /** Goes through all resources that there are any of. */
  void beside(Load all, OfEach each) {
    see(CPU, resources.milliCpu(), all.resources.milliCpu(), each);
    see(MEMORY, resources.memory(), all.resources.memory(), each);
    see(STORAGE, resources.storage(), all.resources.storage(), each);
    see(PODS, pods, all.pods, each);
    for (Map.Entry<String, Long> other : resources.other().entrySet()) {
      long there = all.resources.other().getOrDefault(other.getKey(), 0L);
      see(other.getKey(), other.getValue(), there, each);
    }
  }

  private static void see(String name, long amount, long all, OfEach each) {
    if (all > 0) {
      each.see(name, amount, all);
    }
  }
}

package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** Preferred node affinity: the weights of all terms that match. */
final class AffinityPreference implements Score {

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public int weight() {
    return 2;
  }

  @Override
  public Scale scale() {
    return Scale.MORE_IS_BETTER;
  }

  @Override
  public long raw(Demand demand, NodeState node) {
    return demand.preferred().stream()
        .filter(p -> p.term().matches(node.node().name(), node.node().labels()))
        .mapToLong(Demand.Preference::weight)
        .sum();
  }
}

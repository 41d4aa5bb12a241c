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
  public Scale scale() {
    return Scale.MORE_IS_BETTER;
  }

  @Override
  public int raw(Demand demand, NodeState node) {
    int sum = 0;
    for (Demand.Preference preference : demand.preferred()) {
      if (preference.term().matches(node.node().name(), node.node().labels())) {
        sum += preference.weight();
      }
    }
    return sum;
  }
}

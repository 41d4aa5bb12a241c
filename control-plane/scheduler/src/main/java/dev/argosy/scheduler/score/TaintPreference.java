package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** Rather a node without PreferNoSchedule taints that the pod does not tolerate. */
final class TaintPreference implements Score {

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public int weight() {
    return 3;
  }

  @Override
  public Scale scale() {
    return Scale.LESS_IS_BETTER;
  }

  @Override
  public long raw(Demand demand, NodeState node) {
    return node.node().taints().stream()
        .filter(taint -> taint.prefers())
        .filter(taint -> demand.tolerations().stream().noneMatch(t -> t.tolerates(taint)))
        .count();
  }
}

package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.Demand;

/** Rather a node without PreferNoSchedule taints that the pod does not tolerate. */
final class TaintPreference implements Score {

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public Scale scale() {
    return Scale.LESS_IS_BETTER;
  }

  @Override
  public int raw(Demand demand, NodeState node) {
    int count = 0;
    for (Taint taint : node.node().taints()) {
      if (taint.prefers() && !demand.tolerates(taint)) {
        count++;
      }
    }
    return count;
  }
}

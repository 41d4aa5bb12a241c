package dev.argosy.scheduler.score;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;

/** Rather a node with few pods of the same owner. */
final class OwnerSpreading implements Score {

  @Override
  public String name() {
    return "OwnerSpreading";
  }

  @Override
  public int weight() {
    return 2;
  }

  @Override
  public Scale scale() {
    return Scale.LESS_IS_BETTER;
  }

  @Override
  public long raw(Demand demand, NodeState node) {
    return demand.ownerUid().isEmpty() ? 0 : node.owners().getOrDefault(demand.ownerUid(), 0);
  }
}

package dev.argosy.scheduler;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.gang.Gang;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Resources;
import java.util.List;

/** What a group asks for besides what its members ask for ({@code spec.minResources}). */
final class GangReserve {

  private GangReserve() {}

  /** Whether it is free on the nodes that the gang may use, besides what its members have now. */
  static boolean isThere(Gang gang, List<GangTrial.Seat> seats, GangTrial.Tools tools) {
    Resources least = gang.group().map(PodGroup::minResources).orElse(Resources.NONE);
    if (seats.isEmpty() || least.equals(Resources.NONE)) {
      return true;
    }
    Resources more = least.minus(gang.requests());
    for (GangTrial.Seat seat : seats) {
      more = more.minus(seat.pod().demand().requests());
    }
    return Resources.NONE.covers(more)
        || free(tools.attempts().apply(seats.getFirst().pod())).covers(more);
  }

  private static Resources free(Attempt attempt) {
    Resources free = Resources.NONE;
    for (int i = 0; i < attempt.among().size(); i++) {
      NodeState node = attempt.nodes().at(attempt.among().slot(i));
      if (!node.node().unschedulable()) {
        free = free.plus(node.node().allocatable().minus(node.used()).max(Resources.NONE));
      }
    }
    return free;
  }
}

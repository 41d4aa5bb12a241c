package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds the node where a pod can run at the least cost to others. Only pods of its own cluster are
 * ever in question: a priority says nothing between tenants. Where there are many nodes it looks at
 * some, not at all.
 */
public final class Preemption {

  private static final int LEAST_NODES = 100;
  private static final int PERCENT = 10;

  /** What it needs to know of the nodes. */
  public interface Nodes {

    Collection<PodView> podsOn(NodeState node);

    Trial trial(NodeState node);
  }

  private final Budgets budgets;

  public Preemption(Budgets budgets) {
    this.budgets = budgets;
  }

  /**
   * @param crowded the nodes where the pod may fit if others go
   * @param all how many nodes there are
   */
  public Optional<Victims> plan(PodView pod, Iterable<NodeState> crowded, int all, Nodes nodes) {
    if (!pod.rank().preempts()) {
      return Optional.empty();
    }
    int enough = Math.max(LEAST_NODES, all * PERCENT / 100);
    List<Victims> found = new ArrayList<>();
    boolean harmless = false;
    for (NodeState node : crowded) {
      Optional<Victims> victims = on(node, pod, nodes);
      victims.ifPresent(found::add);
      harmless |= victims.isPresent() && victims.get().violations() == 0;
      if (harmless && found.size() >= enough) {
        break;
      }
    }
    return found.stream().min(Victims.BEST);
  }

  private Optional<Victims> on(NodeState node, PodView pod, Nodes nodes) {
    List<PodView> below = new ArrayList<>();
    for (PodView other : nodes.podsOn(node)) {
      if (isBelow(other, pod)) {
        below.add(other);
      }
    }
    if (below.isEmpty()) {
      return Optional.empty();
    }
    try (Trial trial = nodes.trial(node)) {
      return Victims.on(node.node().name(), below, budgets, trial);
    }
  }

  /** Whether one pod may have to go for another. */
  public static boolean isBelow(PodView other, PodView pod) {
    return other.priority() < pod.priority()
        && other.key().cluster().equals(pod.key().cluster());
  }
}

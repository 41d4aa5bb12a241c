package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Finds the node where a pod can run at the least cost to others. Only pods of its own cluster are
 * ever in question: a priority says nothing between tenants. Where there are many nodes it looks at
 * some, not at all, and goes on from there with the next pod. One thread.
 */
public final class Preemption {

  private static final int LEAST_NODES = 100;
  private static final int PERCENT = 10;

  /** What it needs to know of the nodes. */
  public interface Nodes {

    /** The node as the pod sees it. */
    NodeState at(int slot);

    Collection<PodView> podsOn(NodeState node);

    Trial trial(NodeState node);

    /** Whether victims are found by looking at nothing but the node and its pods. */
    boolean local();
  }

  private final Budgets budgets;
  private final VictimMemo memo = new VictimMemo();
  private int start;

  public Preemption(Budgets budgets) {
    this.budgets = budgets;
  }

  /**
   * @param among the nodes that the pod may use
   * @param crowded those of them where it may fit if others go
   */
  public Optional<Victims> plan(PodView pod, NodeSet among, BitSet crowded, Nodes nodes) {
    return found(pod, among, crowded, nodes).stream().min(Victims.BEST);
  }

  /** The same, but all that were found, the best first. */
  public List<Victims> plans(PodView pod, NodeSet among, BitSet crowded, Nodes nodes) {
    return found(pod, among, crowded, nodes).stream().sorted(Victims.BEST).toList();
  }

  private List<Victims> found(PodView pod, NodeSet among, BitSet crowded, Nodes nodes) {
    int enough = enough(among.size());
    VictimMemo.Answers answers = memo.of(pod, budgets.version(pod.key().cluster()));
    List<Victims> found = new ArrayList<>();
    boolean harmless = false;
    int index = among.size() == 0 ? 0 : start % among.size();
    for (int i = 0; i < among.size() && !(harmless && found.size() >= enough); i++) {
      int slot = among.slot(index);
      index = index + 1 == among.size() ? 0 : index + 1;
      if (!crowded.get(slot)) {
        continue;
      }
      NodeState node = nodes.at(slot);
      Optional<Victims> victims =
          nodes.local() ? answers.of(node, () -> on(node, pod, nodes)) : on(node, pod, nodes);
      if (victims.isPresent()) {
        found.add(victims.get());
        harmless |= victims.get().violations() == 0;
      }
    }
    start = index;
    return found;
  }

  /** How many nodes that would do are enough to choose from. */
  static int enough(int nodes) {
    return Math.max(LEAST_NODES, nodes * PERCENT / 100);
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
    return other.priority() < pod.priority() && other.key().cluster().equals(pod.key().cluster());
  }
}

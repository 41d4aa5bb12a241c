package dev.argosy.scheduler.preempt;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.gang.PodGroup;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.PodView;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The victims that were found for pods that are alike, as long as a node stays as it is. One
 * thread.
 */
final class VictimMemo {

  private static final int MOST = 16;

  /** What the answer depends on, besides the node. */
  private record Kind(
      String cluster,
      String scheduler,
      int priority,
      Demand demand,
      Optional<ObjectKey> gang,
      long budgets) {}

  /** Answers of nodes, by their slots. */
  static final class Answers {
    private NodeState[] seen = new NodeState[0];
    private Object[] victims = new Object[0];

    @SuppressWarnings("unchecked") // nothing else is put there
    Optional<Victims> of(NodeState node, Supplier<Optional<Victims>> otherwise) {
      int slot = node.slot();
      if (slot >= seen.length) {
        int before = seen.length;
        seen = Arrays.copyOf(seen, Math.max(slot + 1, Math.max(64, before * 2)));
        Arrays.fill(seen, before, seen.length, NodeState.NONE);
        victims = Arrays.copyOf(victims, seen.length);
      }
      if (seen[slot] != node) {
        victims[slot] = otherwise.get();
        seen[slot] = node;
      }
      return (Optional<Victims>) victims[slot];
    }
  }

  private final Map<Kind, Answers> kinds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Answers> eldest) {
          return size() > MOST;
        }
      };

  Answers of(PodView pod, long budgets) {
    return kinds.computeIfAbsent(
        new Kind(
            pod.key().cluster(),
            pod.state().scheduler(),
            pod.priority(),
            pod.demand(),
            PodGroup.named(pod),
            budgets),
        k -> new Answers());
  }
}

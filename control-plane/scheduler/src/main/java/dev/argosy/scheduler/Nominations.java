package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.pod.AffinityTerm;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Pods for which room is being made, and where. Others see that room as taken: those of the same
 * cluster, unless they are more important, and all of other clusters. One thread.
 */
final class Nominations {

  private static final int MOST_OUTLOOKS = 16;

  private record Nominated(PodView pod, String node) {}

  /** Pods that see nodes alike, but for those for which room is made themselves. */
  private record Kind(String cluster, int priority) {
    static Kind of(PodView pod) {
      return new Kind(pod.key().cluster(), pod.priority());
    }
  }

  private final Map<ObjectKey, Nominated> all = new HashMap<>();
  private final Map<String, Map<ObjectKey, PodView>> byNode = new HashMap<>();
  private final Map<Kind, Outlook> outlooks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Outlook> eldest) {
          return size() > MOST_OUTLOOKS;
        }
      };

  /** Of each cluster, how many have terms that keep others away. */
  private final Map<String, Integer> aloof = new HashMap<>();

  private long changes;

  /** The pod is to come to that node; to none if empty. */
  void put(PodView pod, String node) {
    remove(pod.key());
    if (!node.isEmpty()) {
      changes++;
      all.put(pod.key(), new Nominated(pod, node));
      if (isAloof(pod)) {
        aloof.merge(pod.key().cluster(), 1, Integer::sum);
      }
      byNode.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(pod.key(), pod);
      outlooks.values().forEach(outlook -> outlook.changed(node));
    }
  }

  /** Answers the pod, if it was nominated. */
  Optional<PodView> remove(ObjectKey key) {
    Nominated nominated = all.remove(key);
    if (nominated == null) {
      return Optional.empty();
    }
    changes++;
    if (isAloof(nominated.pod())) {
      aloof.computeIfPresent(key.cluster(), (cluster, count) -> count == 1 ? null : count - 1);
    }
    outlooks.values().forEach(outlook -> outlook.changed(nominated.node()));
    byNode.computeIfPresent(
        nominated.node(),
        (node, pods) -> {
          pods.remove(key);
          return pods.isEmpty() ? null : pods;
        });
    return Optional.of(nominated.pod());
  }

  /** Calls with all pods and the nodes where room is made for them. */
  void forEach(BiConsumer<PodView, String> action) {
    all.values().forEach(n -> action.accept(n.pod(), n.node()));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** The node where room is made for the pod. */
  Optional<String> of(ObjectKey key) {
    return Optional.ofNullable(all.get(key)).map(Nominated::node);
  }

  /** The pods for which room is kept there. */
  Collection<PodView> on(String node) {
    return byNode.getOrDefault(node, Map.of()).values();
  }

  /** Counts all changes. */
  long changes() {
    return changes;
  }

  /** The other pods of its cluster for which room is being made. */
  List<PodView> besides(PodView pod) {
    List<PodView> others = new ArrayList<>(0);
    for (Nominated nominated : all.values()) {
      ObjectKey key = nominated.pod().key();
      if (key.cluster().equals(pod.key().cluster()) && !key.equals(pod.key())) {
        others.add(nominated.pod());
      }
    }
    return others;
  }

  /**
   * Nodes as a pod sees them.
   *
   * @return good until a nomination or a node changes
   */
  UnaryOperator<NodeState> eyes(PodView of, NodeTable nodes) {
    if (all.isEmpty()) {
      return node -> node;
    }
    Kind kind = Kind.of(of);
    Outlook outlook =
        outlooks.computeIfAbsent(
            kind, k -> new Outlook(node -> seen(node, k, on(node.node().name()))));
    outlook.refresh(nodes);
    Optional<String> own = of(of.key());
    return own.isEmpty()
        ? outlook::of
        : node ->
            node.node().name().equals(own.get())
                ? seen(node, kind, others(on(node.node().name()), of))
                : outlook.of(node);
  }

  private static List<PodView> others(Collection<PodView> pods, PodView than) {
    return pods.stream().filter(pod -> !pod.key().equals(than.key())).toList();
  }

  private static NodeState seen(NodeState node, Kind by, Collection<PodView> pods) {
    NodeState seen = node;
    for (PodView pod : pods) {
      if (comesBefore(pod, by)) {
        seen = seen.plus(pod.demand());
      }
    }
    return seen;
  }

  private static boolean comesBefore(PodView nominated, Kind by) {
    return !nominated.key().cluster().equals(by.cluster()) || nominated.priority() >= by.priority();
  }

  /** Whether a pod sees the room as taken that is kept for another. */
  static boolean comesBefore(PodView nominated, PodView pod) {
    return comesBefore(nominated, Kind.of(pod));
  }

  /** The other pods of its cluster that are nominated to a node and no less important. */
  List<PodView> expected(String node, PodView by) {
    List<PodView> expected = new ArrayList<>(0);
    for (PodView pod : on(node)) {
      if (pod.key().cluster().equals(by.key().cluster())
          && !pod.key().equals(by.key())
          && comesBefore(pod, by)) {
        expected.add(pod);
      }
    }
    return expected;
  }

  /** Whether some of the nominated pods of its cluster may keep a pod away from their nodes. */
  boolean keepAway(PodView pod) {
    return aloof.containsKey(pod.key().cluster());
  }

  private static boolean isAloof(PodView pod) {
    return !pod.company().terms(AffinityTerm.Kind.FAR).isEmpty();
  }

  /** The pods of its cluster that are nominated to a node and less important. */
  List<PodView> below(PodView pod, String node) {
    List<PodView> below = new ArrayList<>(0);
    for (PodView other : on(node)) {
      if (!comesBefore(other, pod)) {
        below.add(other);
      }
    }
    return below;
  }
}

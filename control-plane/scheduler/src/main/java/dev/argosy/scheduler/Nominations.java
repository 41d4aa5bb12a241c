package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.AffinityTerm;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Pods for which room is being made, and where. Others see that room as taken: those of the same
 * cluster, unless they are more important, and all of other clusters. One thread.
 */
final class Nominations {

  private record Nominated(PodView pod, String node) {}

  /** What pods of one cluster and priority saw of a node. */
  private record Seen(NodeState node, String cluster, int priority, NodeState seen) {
    boolean is(NodeState state, PodView by) {
      return node == state && priority == by.priority() && cluster.equals(by.key().cluster());
    }
  }

  private final Map<ObjectKey, Nominated> all = new HashMap<>();
  private final Map<String, Map<ObjectKey, PodView>> byNode = new HashMap<>();
  private final Map<String, Seen> lastSeen = new HashMap<>();

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
      lastSeen.remove(node);
      byNode.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(pod.key(), pod);
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
    lastSeen.remove(nominated.node());
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

  /** The node as a pod sees it. */
  NodeState seen(NodeState node, PodView by) {
    if (byNode.isEmpty()) {
      return node;
    }
    Map<ObjectKey, PodView> pods = byNode.get(node.node().name());
    if (pods == null) {
      return node;
    }
    if (pods.containsKey(by.key())) {
      return with(node, pods, by);
    }
    Seen last = lastSeen.get(node.node().name());
    if (last == null || !last.is(node, by)) {
      last = new Seen(node, by.key().cluster(), by.priority(), with(node, pods, by));
      lastSeen.put(node.node().name(), last);
    }
    return last.seen();
  }

  private static NodeState with(NodeState node, Map<ObjectKey, PodView> pods, PodView by) {
    NodeState seen = node;
    for (PodView pod : pods.values()) {
      if (!pod.key().equals(by.key()) && comesBefore(pod, by)) {
        seen = seen.plus(pod.demand());
      }
    }
    return seen;
  }

  private static boolean comesBefore(PodView nominated, PodView pod) {
    return !nominated.key().cluster().equals(pod.key().cluster())
        || nominated.priority() >= pod.priority();
  }

  /** The other pods of its cluster that are nominated to a node and no less important. */
  List<PodView> expected(String node, PodView by) {
    List<PodView> expected = new ArrayList<>(0);
    for (PodView pod : byNode.getOrDefault(node, Map.of()).values()) {
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
    for (PodView other : byNode.getOrDefault(node, Map.of()).values()) {
      if (!comesBefore(other, pod)) {
        below.add(other);
      }
    }
    return below;
  }
}

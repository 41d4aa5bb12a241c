package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.filter.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Nodes, and the pods on them: those that are bound, and those assumed to be while their binding is
 * on its way. Owned by the scheduler's thread; what it hands out is immutable.
 */
final class ClusterState {

  /**
   * A pod that takes something of a node.
   *
   * @param assumed whether its binding has not been seen yet
   */
  private record Placed(PodView pod, String node, boolean assumed) {}

  private final TreeMap<String, NodeState> nodes = new TreeMap<>();
  private final Map<ObjectKey, Placed> placed = new HashMap<>();
  private final Map<String, Map<ObjectKey, Placed>> byNode = new HashMap<>();

  /** The nodes whose pool is granted, as they are now. */
  List<NodeState> nodes(Predicate<String> granted) {
    List<NodeState> result = new ArrayList<>(nodes.size());
    for (NodeState node : nodes.values()) {
      if (granted.test(node.node().pool())) {
        result.add(node);
      }
    }
    return result;
  }

  /** Takes in a node's state; answers what about it may help a waiting pod. */
  Set<ClusterChange> putNode(NodeView view) {
    NodeState before = nodes.get(view.name());
    if (before != null) {
      nodes.put(view.name(), before.with(view));
      return changes(before.node(), view);
    }
    NodeState state = NodeState.empty(view);
    for (Placed pod : byNode.getOrDefault(view.name(), Map.of()).values()) {
      state = state.plus(pod.pod().demand());
    }
    nodes.put(view.name(), state);
    return EnumSet.of(ClusterChange.NODE_ADDED);
  }

  private static Set<ClusterChange> changes(NodeView old, NodeView now) {
    Set<ClusterChange> changes = EnumSet.noneOf(ClusterChange.class);
    if (!old.labels().equals(now.labels())) {
      changes.add(ClusterChange.NODE_LABELS);
    }
    if (!old.pool().equals(now.pool())) {
      changes.add(ClusterChange.POOLS);
    }
    if (!old.taints().equals(now.taints()) || old.unschedulable() != now.unschedulable()) {
      changes.add(ClusterChange.NODE_TAINTS);
    }
    if (!old.allocatable().equals(now.allocatable()) || old.maxPods() != now.maxPods()) {
      changes.add(ClusterChange.NODE_CAPACITY);
    }
    return changes;
  }

  void removeNode(String name) {
    nodes.remove(name);
  }

  /** A pod was seen on its node. */
  void bound(PodView pod) {
    forget(pod.key());
    place(new Placed(pod, pod.node(), false));
  }

  /** A pod is being bound: from now on the node's room is taken. */
  void assume(PodView pod, String node) {
    forget(pod.key());
    place(new Placed(pod, node, true));
  }

  private void place(Placed pod) {
    placed.put(pod.pod().key(), pod);
    byNode.computeIfAbsent(pod.node(), n -> new LinkedHashMap<>()).put(pod.pod().key(), pod);
    nodes.computeIfPresent(pod.node(), (n, state) -> state.plus(pod.pod().demand()));
  }

  /** The pod takes nothing any more; answers whether it did. */
  boolean forget(ObjectKey key) {
    Placed pod = placed.remove(key);
    if (pod == null) {
      return false;
    }
    byNode.computeIfPresent(
        pod.node(),
        (node, pods) -> {
          pods.remove(key);
          return pods;
        });
    nodes.computeIfPresent(pod.node(), (n, state) -> state.minus(pod.pod().demand()));
    return true;
  }

  /** The uid of the pod of that key that is being bound. */
  Optional<String> assumed(ObjectKey key) {
    return Optional.ofNullable(placed.get(key)).filter(Placed::assumed).map(p -> p.pod().uid());
  }
}

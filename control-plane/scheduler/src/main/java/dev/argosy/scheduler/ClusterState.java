package dev.argosy.scheduler;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.share.Shares;
import dev.argosy.scheduler.topology.Census;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Nodes, and the pods on them: those that are bound, and those assumed to be while their binding is
 * on its way. Owned by the scheduler's thread.
 */
final class ClusterState {

  /**
   * A pod that takes something of a node.
   *
   * @param assumed whether its binding has not been seen yet
   */
  record Placed(PodView pod, String node, boolean assumed) {}

  private final NodeTable nodes = new NodeTable();
  private final Census census = new Census(nodes);
  private final Shares shares = new Shares();
  private final Map<ObjectKey, Placed> placed = new HashMap<>();
  private final Map<String, Map<ObjectKey, PodView>> byNode = new HashMap<>();

  NodeTable nodes() {
    return nodes;
  }

  Census census() {
    return census;
  }

  /** What each cluster has of all that. */
  Shares shares() {
    return shares;
  }

  /** Takes in a node's state; answers what about it may help a waiting pod. */
  Change putNode(NodeView view) {
    Optional<NodeState> before = nodes.find(view.name());
    before.ifPresent(node -> shares.nodeWent(node.node()));
    shares.nodeCame(view);
    if (before.isEmpty()) {
      NodeState state = nodes.add(view);
      census.node(state.slot(), view.labels());
      podsOn(view.name()).forEach(pod -> add(pod, view.name()));
      return Change.of(ClusterChange.NODE_ADDED);
    }
    NodeState old = before.get();
    if (old.node().labels().equals(view.labels())) {
      nodes.set(old.with(view));
    } else {
      podsOn(view.name()).forEach(pod -> census.leave(pod, old.slot()));
      nodes.set(old.with(view));
      census.node(old.slot(), view.labels());
      podsOn(view.name()).forEach(pod -> census.enter(pod, old.slot()));
    }
    return Change.of(changes(old.node(), view));
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
    nodes
        .find(name)
        .ifPresent(node -> {
          shares.nodeWent(node.node());
          podsOn(name).forEach(pod -> census.leave(pod, node.slot()));
          census.node(node.slot(), Map.of());
          nodes.remove(name);
        });
  }

  /** A pod was seen on its node; answers what about it may help a waiting pod. */
  Change bound(PodView pod) {
    Placed before = placed.get(pod.key());
    if (before == null || !before.node().equals(pod.node())) {
      forget(pod.key());
      place(new Placed(pod, pod.node(), false));
      return Change.of(ClusterChange.POD_PLACED, pod);
    }
    Set<ClusterChange> changes = changes(before.pod(), pod);
    if (changes.isEmpty() && before.pod().rank().equals(pod.rank())) {
      placed.put(pod.key(), new Placed(pod, pod.node(), false));
      byNode.computeIfAbsent(pod.node(), n -> new LinkedHashMap<>()).put(pod.key(), pod);
    } else {
      forget(pod.key());
      place(new Placed(pod, pod.node(), false));
    }
    return new Change(changes, Optional.of(pod));
  }

  private static Set<ClusterChange> changes(PodView old, PodView now) {
    Set<ClusterChange> changes = EnumSet.noneOf(ClusterChange.class);
    if (!old.demand().equals(now.demand())) {
      changes.add(ClusterChange.POD_RESIZED);
    }
    if (!old.company().equals(now.company()) || old.deleting() != now.deleting()) {
      changes.add(ClusterChange.POD_CHANGED);
    }
    return changes;
  }

  /** A pod is being bound: from now on the node's room is taken. */
  void assume(PodView pod, String node) {
    forget(pod.key());
    place(new Placed(pod, node, true));
  }

  private void place(Placed pod) {
    placed.put(pod.pod().key(), pod);
    byNode.computeIfAbsent(pod.node(), n -> new LinkedHashMap<>()).put(pod.pod().key(), pod.pod());
    shares.came(pod.pod());
    add(pod.pod(), pod.node());
  }

  private void add(PodView pod, String node) {
    nodes
        .find(node)
        .ifPresent(state -> {
          nodes.set(state.plus(pod.demand()));
          census.enter(pod, state.slot());
        });
  }

  /** As if the pod were not there, until it is put {@link #back}. */
  Optional<Placed> lift(ObjectKey key) {
    Optional<Placed> lifted = Optional.ofNullable(placed.get(key));
    forget(key);
    return lifted;
  }

  /** Everything is as it was before it was lifted. */
  void back(Placed lifted) {
    place(lifted);
  }

  /** The pod takes nothing any more; answers the pod if it did. */
  Optional<PodView> forget(ObjectKey key) {
    Placed pod = placed.remove(key);
    if (pod == null) {
      return Optional.empty();
    }
    shares.went(pod.pod());
    byNode.computeIfPresent(
        pod.node(),
        (node, pods) -> {
          pods.remove(key);
          return pods.isEmpty() ? null : pods;
        });
    nodes
        .find(pod.node())
        .ifPresent(state -> {
          nodes.set(state.minus(pod.pod().demand()));
          census.leave(pod.pod(), state.slot());
        });
    return Optional.of(pod.pod());
  }

  /** The uid of the pod of that key that is being bound. */
  Optional<String> assumed(ObjectKey key) {
    return Optional.ofNullable(placed.get(key)).filter(Placed::assumed).map(p -> p.pod().uid());
  }

  /** The pod of that key, if it is on this node. */
  Optional<PodView> on(String node, ObjectKey key) {
    return Optional.ofNullable(byNode.getOrDefault(node, Map.of()).get(key));
  }

  /** Calls with all pods and their nodes, assumed ones among them. */
  void forEach(BiConsumer<PodView, String> action) {
    placed.values().forEach(p -> action.accept(p.pod(), p.node()));
  }

  /** The node that a pod is on, or assumed to be. */
  Optional<String> nodeOf(ObjectKey key) {
    return Optional.ofNullable(placed.get(key)).map(Placed::node);
  }

  /** All pods on a node, assumed ones among them. */
  Collection<PodView> podsOn(String node) {
    return byNode.getOrDefault(node, Map.of()).values();
  }
}

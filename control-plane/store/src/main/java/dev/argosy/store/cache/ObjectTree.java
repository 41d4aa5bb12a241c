package dev.argosy.store.cache;

import dev.argosy.model.object.ObjectKey;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * All objects of one resource at one revision, ordered by cluster, namespace, name, with indexes.
 * Immutable; a change answers a new tree that shares all but a few nodes.
 *
 * @param clusters by name; none is empty
 * @param index the keys of the objects known by a term; none is empty
 * @param size how many objects
 */
record ObjectTree(
    TreePMap<String, ClusterNode> clusters, TreePMap<String, TreePSet<ObjectKey>> index, int size) {

  static final ObjectTree EMPTY = new ObjectTree(TreePMap.empty(), TreePMap.empty(), 0);

  private static final TreePMap<String, Leaf> NO_NAMES = TreePMap.empty();

  /** The objects of one cluster: namespaces, and in them names; none is empty. */
  record ClusterNode(TreePMap<String, TreePMap<String, Leaf>> namespaces, int size) {

    static final ClusterNode EMPTY = new ClusterNode(TreePMap.empty(), 0);

    TreePMap<String, Leaf> names(String namespace) {
      return namespaces.getOrDefault(namespace, NO_NAMES);
    }

    ClusterNode with(String namespace, TreePMap<String, Leaf> names) {
      int change = names.size() - names(namespace).size();
      return new ClusterNode(
          names.isEmpty() ? namespaces.minus(namespace) : namespaces.plus(namespace, names),
          size + change);
    }
  }

  ClusterNode cluster(String name) {
    return clusters.getOrDefault(name, ClusterNode.EMPTY);
  }

  @Nullable Leaf get(ObjectKey key) {
    return cluster(key.cluster()).names(key.namespace()).get(key.name());
  }

  Collection<ObjectKey> keysOf(String term) {
    TreePSet<ObjectKey> keys = index.get(term);
    return keys == null ? List.of() : keys;
  }

  ObjectTree plus(Leaf leaf) {
    ObjectKey key = leaf.object().key();
    ClusterNode cluster = cluster(key.cluster());
    TreePMap<String, Leaf> names = cluster.names(key.namespace());
    Leaf old = names.get(key.name());
    ClusterNode changed = cluster.with(key.namespace(), names.plus(key.name(), leaf));
    return new ObjectTree(
        clusters.plus(key.cluster(), changed),
        reindexed(key, old, leaf),
        size + (old == null ? 1 : 0));
  }

  ObjectTree minus(ObjectKey key) {
    Leaf old = get(key);
    if (old == null) {
      return this;
    }
    ClusterNode cluster = cluster(key.cluster());
    ClusterNode changed =
        cluster.with(key.namespace(), cluster.names(key.namespace()).minus(key.name()));
    return new ObjectTree(
        changed.size() == 0 ? clusters.minus(key.cluster()) : clusters.plus(key.cluster(), changed),
        reindexed(key, old, null),
        size - 1);
  }

  private TreePMap<String, TreePSet<ObjectKey>> reindexed(
      ObjectKey key, @Nullable Leaf old, @Nullable Leaf now) {
    if (old != null && now != null && old.sameTerms(now)) {
      return index;
    }
    TreePMap<String, TreePSet<ObjectKey>> changed = index;
    for (String term : old == null ? List.<String>of() : old.terms()) {
      TreePSet<ObjectKey> keys = changed.getOrDefault(term, TreePSet.empty()).minus(key);
      changed = keys.isEmpty() ? changed.minus(term) : changed.plus(term, keys);
    }
    for (String term : now == null ? List.<String>of() : now.terms()) {
      changed = changed.plus(term, changed.getOrDefault(term, TreePSet.empty()).plus(key));
    }
    return changed;
  }
}

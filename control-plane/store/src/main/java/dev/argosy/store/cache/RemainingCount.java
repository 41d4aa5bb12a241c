package dev.argosy.store.cache;

import dev.argosy.model.object.ObjectKey;
import org.jspecify.annotations.Nullable;

/** Counts what follows a key from the sizes of subtrees. */
final class RemainingCount {

  private RemainingCount() {}

  static int of(ObjectTree tree, String cluster, String namespace, ObjectKey after) {
    if (!cluster.isEmpty()) {
      int order = cluster.compareTo(after.cluster());
      return order < 0 ? 0 : inCluster(tree.cluster(cluster), namespace, order > 0 ? null : after);
    }
    int count = inCluster(tree.cluster(after.cluster()), namespace, after);
    for (ObjectTree.ClusterNode node : tree.clusters().tailMap(after.cluster(), false).values()) {
      count += inCluster(node, namespace, null);
    }
    return count;
  }

  private static int inCluster(
      ObjectTree.ClusterNode node, String namespace, @Nullable ObjectKey after) {
    if (after == null) {
      return namespace.isEmpty() ? node.size() : node.names(namespace).size();
    }
    int rest = node.names(after.namespace()).tailMap(after.name(), false).size();
    if (!namespace.isEmpty()) {
      int order = namespace.compareTo(after.namespace());
      return order < 0 ? 0 : order == 0 ? rest : node.names(namespace).size();
    }
    for (var names : node.namespaces().tailMap(after.namespace(), false).values()) {
      rest += names.size();
    }
    return rest;
  }
}

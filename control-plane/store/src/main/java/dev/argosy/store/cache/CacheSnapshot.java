package dev.argosy.store.cache;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All objects of one resource at one revision. Immutable and cheap: a pointer into the cache's
 * tree. Whoever keeps one keeps alive what it shows.
 *
 * <p>A cluster or namespace given as the empty string means all of them.
 *
 * <p>Who asks for something that is in the store and cannot be read, or for all of a cluster or
 * namespace that has such a thing, gets {@link dev.argosy.store.spi.ValueTroubleException}; who
 * asks for all clusters gets the rest.
 */
public final class CacheSnapshot {

  private final long revision;
  private final ObjectTree tree;
  private final Unreadable unreadable;

  CacheSnapshot(long revision, ObjectTree tree, Unreadable unreadable) {
    this.revision = revision;
    this.tree = tree;
    this.unreadable = unreadable;
  }

  /** The revision at which this is the state; a watch goes on behind it. */
  public long revision() {
    return revision;
  }

  public Optional<ApiObject> get(ObjectKey key) {
    unreadable.require(key);
    return Optional.ofNullable(tree.get(key)).map(Leaf::object);
  }

  /**
   * The objects in the order of their keys, found one by one while iterating.
   *
   * @param after begin behind this key, whether it exists or not; null for the start
   */
  public Iterable<ApiObject> list(String cluster, String namespace, @Nullable ObjectKey after) {
    unreadable.require(cluster, namespace);
    return () -> new TreeWalk(tree, cluster, namespace, after);
  }

  public Iterable<ApiObject> list(String cluster, String namespace) {
    return list(cluster, namespace, null);
  }

  /** As {@link #list}, without what cannot be read. */
  public Iterable<ApiObject> readable(String cluster, String namespace) {
    return () -> new TreeWalk(tree, cluster, namespace, null);
  }

  /** How many objects; at most as many steps as there are clusters with objects. */
  public int count(String cluster, String namespace) {
    if (cluster.isEmpty() && namespace.isEmpty()) {
      return tree.size();
    }
    if (cluster.isEmpty()) {
      return tree.clusters().values().stream().mapToInt(c -> c.names(namespace).size()).sum();
    }
    ObjectTree.ClusterNode node = tree.cluster(cluster);
    return namespace.isEmpty() ? node.size() : node.names(namespace).size();
  }

  /**
   * Stands for the objects of one cluster: two snapshots answer the same one if nothing in it
   * changed between them. To be compared by identity; keeps only that cluster's objects alive.
   */
  public Object stateOf(String cluster) {
    return tree.cluster(cluster);
  }

  /** How many objects follow a key, without visiting them. */
  public int countAfter(String cluster, String namespace, ObjectKey after) {
    return RemainingCount.of(tree, cluster, namespace, after);
  }

  /** The clusters that have objects here, in order. */
  public Set<String> clusters() {
    return tree.clusters().keySet();
  }

  /** Those with a label of this value, in order; one cluster, one namespace of it or all. */
  public List<ApiObject> labelled(String cluster, String namespace, String key, String value) {
    if (cluster.isEmpty()) {
      throw new IllegalArgumentException("the index of labels is by cluster");
    }
    unreadable.require(cluster, namespace);
    return found(Leaf.labelTerm(cluster, key, value), namespace);
  }

  /** Those with this {@code spec.nodeName} in all clusters, in order; pods only. */
  public List<ApiObject> onNode(String nodeName) {
    return found(Leaf.nodeTerm(nodeName), "");
  }

  /** Those with an owner reference to this uid, in order. */
  public List<ApiObject> ownedBy(String uid) {
    return found(Leaf.ownerTerm(uid), "");
  }

  private List<ApiObject> found(String term, String namespace) {
    Collection<ObjectKey> keys = tree.keysOf(term);
    List<ApiObject> objects = new ArrayList<>(keys.size());
    for (ObjectKey key : keys) {
      Leaf leaf = tree.get(key);
      if (leaf != null && (namespace.isEmpty() || namespace.equals(key.namespace()))) {
        objects.add(leaf.object());
      }
    }
    return objects;
  }
}

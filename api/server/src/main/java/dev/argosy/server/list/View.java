package dev.argosy.server.list;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one logical cluster shows of a resource.
 *
 * @param cluster where the objects are kept; empty for all clusters
 * @param namespace empty for all, or for cluster-scoped resources
 * @param visible which of the objects found there it shows
 * @param projected whether the objects are kept elsewhere and only shown here, read-only
 * @param presets objects that it shows besides, unless one of the same key is stored; in the order
 *     of keys
 */
public record View(
    KindSchema kind,
    String cluster,
    String namespace,
    Predicate<ApiObject> visible,
    boolean projected,
    List<ApiObject> presets) {

  /** The label that puts a node into a pool, and the pool of nodes without it. */
  public static final String POOL = "argosy.dev/pool";

  static final String DEFAULT_POOL = "default";
  private static final GroupResource NODES = new GroupResource("", "nodes");

  /** A view of one cluster. Nodes of a tenant are those of the pools that it was granted. */
  public static View of(KindSchema kind, LogicalCluster cluster, String namespace) {
    if (projects(kind.type().groupResource(), cluster.name())) {
      return new View(
          kind, ClusterDirectory.ROOT, "", node -> shows(cluster, node), true, List.of());
    }
    return new View(kind, cluster.name(), namespace, object -> true, false, List.of());
  }

  /** A view over all clusters. */
  public static View ofAll(KindSchema kind, String namespace) {
    return new View(kind, "", namespace, object -> true, false, List.of());
  }

  /** The same view, with presets. */
  View with(List<ApiObject> others) {
    return others.isEmpty()
        ? this
        : new View(kind, cluster, namespace, visible, projected, List.copyOf(others));
  }

  /** Whether a cluster only shows objects of that resource that the platform keeps. */
  public static boolean projects(GroupResource resource, String cluster) {
    return resource.equals(NODES) && !cluster.equals(ClusterDirectory.ROOT);
  }

  /** Whether a cluster sees a node of the platform. */
  public static boolean shows(LogicalCluster cluster, ApiObject node) {
    return cluster.name().equals(ClusterDirectory.ROOT)
        || cluster.nodePools().contains(poolOf(node));
  }

  private static String poolOf(ApiObject node) {
    return node.meta().labels().getOrDefault(POOL, DEFAULT_POOL);
  }

  public boolean allClusters() {
    return cluster.isEmpty();
  }

  /** The key of an object of this view. */
  public ObjectKey key(String name) {
    return new ObjectKey(kind.storage(), cluster, namespace, name);
  }

  /** Whether a key lies in the part of the store that this is a view of. */
  public boolean contains(ObjectKey key) {
    return (cluster.isEmpty() || cluster.equals(key.cluster()))
        && (namespace.isEmpty() || namespace.equals(key.namespace()));
  }

  /**
   * Stored objects with the presets in their places.
   *
   * @param stored all of this view behind a key, in the order of keys
   * @param after that key; null for the start
   */
  public Iterator<ApiObject> complete(Iterator<ApiObject> stored, @Nullable ObjectKey after) {
    return presets.isEmpty()
        ? stored
        : new WithPresets(
            stored,
            presets.stream().filter(p -> after == null || p.key().compareTo(after) > 0).iterator());
  }

  /** The preset that shows when nothing is stored under that key. */
  public Optional<ApiObject> preset(ObjectKey key) {
    return presets.stream().filter(preset -> preset.key().equals(key)).findFirst();
  }

  /** An object in the form of this view's kind. */
  public ApiObject shown(ApiObject stored) {
    return shownAs(kind, stored);
  }

  /** An object in the form of a kind; itself unless the kind is kept in another form. */
  public static ApiObject shownAs(KindSchema kind, ApiObject stored) {
    return kind.shown(stored);
  }
}

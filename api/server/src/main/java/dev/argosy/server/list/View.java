package dev.argosy.server.list;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one logical cluster shows of a resource.
 *
 * @param cluster where the objects are kept; empty for all clusters
 * @param namespace empty for all, or for cluster-scoped resources
 * @param visible which of the objects found there it shows
 * @param projected whether the objects are kept elsewhere and only shown here, read-only
 */
public record View(
    KindSchema kind,
    String cluster,
    String namespace,
    Predicate<ApiObject> visible,
    boolean projected) {

  /** The label that puts a node into a pool, and the pool of nodes without it. */
  public static final String POOL = "argosy.dev/pool";

  static final String DEFAULT_POOL = "default";
  private static final GroupResource NODES = new GroupResource("", "nodes");

  /** A view of one cluster. Nodes of a tenant are those of the pools that it was granted. */
  public static View of(KindSchema kind, LogicalCluster cluster, String namespace) {
    if (projects(kind.type().groupResource(), cluster.name())) {
      Set<String> pools = cluster.nodePools();
      return new View(kind, ClusterDirectory.ROOT, "", node -> pools.contains(poolOf(node)), true);
    }
    return new View(kind, cluster.name(), namespace, object -> true, false);
  }

  /** A view over all clusters. */
  public static View ofAll(KindSchema kind, String namespace) {
    return new View(kind, "", namespace, object -> true, false);
  }

  /** Whether a cluster only shows objects of that resource that the platform keeps. */
  public static boolean projects(GroupResource resource, String cluster) {
    return resource.equals(NODES) && !cluster.equals(ClusterDirectory.ROOT);
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

  /** An object in the form of this view's kind. */
  public ApiObject shown(ApiObject stored) {
    return shownAs(kind, stored);
  }

  /** An object in the form of a kind; itself unless the kind is kept in another form. */
  public static ApiObject shownAs(KindSchema kind, ApiObject stored) {
    return kind.convertsStored()
        ? ApiObject.ofWire(
            stored.key(), stored.revision(), Json.canonical(kind.fromStored(stored.tree())))
        : stored;
  }
}

package dev.argosy.server.list;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.Reach;
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
 * @param sight which of the objects found there it shows
 * @param presets objects that it shows besides, unless one of the same key is stored; in the order
 *     of keys
 */
public record View(
    KindSchema kind, String cluster, String namespace, Sight sight, List<ApiObject> presets) {

  /**
   * Which objects of its part of the store a view shows.
   *
   * @param visible says yes to those
   * @param projected whether the objects are kept elsewhere and only shown here, read-only
   * @param reach how far the user's right goes
   */
  public record Sight(Predicate<ApiObject> visible, boolean projected, Reach reach) {
    static final Sight ALL = new Sight(object -> true, false, Reach.WHOLE);
  }

  /** The label that puts a node into a pool, and the pool of nodes without it. */
  public static final String POOL = "argosy.dev/pool";

  static final String DEFAULT_POOL = "default";
  private static final GroupResource NODES = new GroupResource("", "nodes");

  /** A view of one cluster. Nodes of a tenant are those of the pools that it was granted. */
  public static View of(KindSchema kind, LogicalCluster cluster, String namespace) {
    if (projects(kind.type().groupResource(), cluster.name())) {
      return new View(
          kind,
          ClusterDirectory.ROOT,
          "",
          new Sight(node -> shows(cluster, node), true, Reach.WHOLE),
          List.of());
    }
    return new View(kind, cluster.name(), namespace, Sight.ALL, List.of());
  }

  /** A view over all clusters. */
  public static View ofAll(KindSchema kind, String namespace) {
    return new View(kind, "", namespace, Sight.ALL, List.of());
  }

  /** The same view, with those of the presets that it shows. */
  View with(List<ApiObject> others) {
    return others.isEmpty()
        ? this
        : new View(kind, cluster, namespace, sight, others.stream().filter(visible()).toList());
  }

  /** The same view, as far as a user's right goes; of one cluster, over all its namespaces. */
  public View within(Reach reach) {
    if (reach.whole()) {
      return this;
    }
    Reach.Seen objects = reach.objects();
    Predicate<ApiObject> seen =
        objects != null ? objects::sees : object -> reach.sees(place(object.key()));
    return new View(
        kind,
        cluster,
        namespace,
        new Sight(sight.visible.and(seen), sight.projected, reach),
        presets.stream().filter(seen).toList());
  }

  public Predicate<ApiObject> visible() {
    return sight.visible;
  }

  public boolean projected() {
    return sight.projected;
  }

  public Reach reach() {
    return sight.reach;
  }

  /** The namespace by which an object is seen or not; that of a namespace is itself. */
  String place(ObjectKey key) {
    return kind.type().namespaced() ? key.namespace() : key.name();
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
        && (namespace.isEmpty() || namespace.equals(key.namespace()))
        && sight.reach.sees(place(key));
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

  /** An object in the form of this view's kind, without what is not for those who have the view. */
  public ApiObject shown(ApiObject stored) {
    return sight.projected ? SharedNode.of(shownAs(kind, stored)) : shownAs(kind, stored);
  }

  /** Many objects, likewise. */
  List<ApiObject> shownAll(List<ApiObject> stored) {
    List<ApiObject> shown = kind.shownAll(stored);
    return sight.projected ? shown.stream().map(SharedNode::of).toList() : shown;
  }

  /** An object in the form of a kind; itself unless the kind is kept in another form. */
  public static ApiObject shownAs(KindSchema kind, ApiObject stored) {
    return kind.shown(stored);
  }
}

package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.preset.Presets;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a cluster that rules depend on, from the watch caches. Costs one look at a number
 * where a cluster has none of a kind.
 */
public final class ClusterObjects {

  private final ResourceCaches caches;
  private final Presets presets;
  private final ObjectLookup lookup;

  public ClusterObjects(ResourceCaches caches, Presets presets, ObjectLookup lookup) {
    this.caches = caches;
    this.presets = presets;
    this.lookup = lookup;
  }

  /** One object: cached, preset, or so new that only the store has it. */
  public Optional<ApiObject> find(ObjectKey key) {
    return caches
        .of(key.resource())
        .snapshot()
        .get(key)
        .or(() -> presets.find(key))
        .or(() -> lookup.find(key));
  }

  /**
   * All of them, presets included, the stored ones in the order of their names.
   *
   * @param namespace empty for all, or for cluster-scoped kinds
   */
  public List<ApiObject> list(GroupResource resource, String cluster, String namespace) {
    CacheSnapshot snapshot = caches.of(resource).snapshot();
    List<ApiObject> preset = presets.of(resource, cluster, namespace);
    if (snapshot.count(cluster, namespace) == 0) {
      return preset;
    }
    List<ApiObject> objects = new ArrayList<>();
    snapshot.list(cluster, namespace).forEach(objects::add);
    preset.stream().filter(p -> snapshot.get(p.key()).isEmpty()).forEach(objects::add);
    return objects;
  }
}

package dev.argosy.server.preset;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.ObjectMeta;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.List;
import java.util.Optional;

/**
 * Presets made of templates. Their text is made once for all clusters; uid and creationTimestamp
 * are a cluster's own and follow from its namespace {@code kube-system}, which is as old as the
 * cluster. A cluster without it, or that is going, has none.
 */
public final class TemplatePresets implements Presets {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final String HOME = "kube-system";

  private final ResourceCaches caches;
  private final Templates templates;

  public TemplatePresets(ResourceCaches caches, Templates templates) {
    this.caches = caches;
    this.templates = templates;
  }

  /** Where templates come from. */
  @FunctionalInterface
  public interface Templates {

    /** Those of a resource in a cluster, in the order of namespace and name. */
    List<PresetTemplate> of(GroupResource resource, String cluster);
  }

  @Override
  public List<ApiObject> of(GroupResource resource, String cluster, String namespace) {
    return objects(resource, cluster, namespace, "");
  }

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    return objects(key.resource(), key.cluster(), key.namespace(), key.name()).stream().findFirst();
  }

  /** Those of one namespace and name; the empty string stands for any. */
  private List<ApiObject> objects(
      GroupResource resource, String cluster, String namespace, String name) {
    List<PresetTemplate> wanted = templates.of(resource, cluster);
    if (wanted.isEmpty()) {
      return List.of();
    }
    CacheSnapshot namespaces = caches.of(NAMESPACES).snapshot();
    Optional<ObjectMeta> home = living(namespaces, cluster, HOME);
    if (home.isEmpty()) {
      return List.of();
    }
    return wanted.stream()
        .filter(t -> name.isEmpty() || name.equals(t.name()))
        .filter(t -> namespace.isEmpty() || namespace.equals(t.namespace()))
        .filter(
            t -> t.namespace().isEmpty() || living(namespaces, cluster, t.namespace()).isPresent())
        .map(t -> t.in(cluster, home.get()))
        .toList();
  }

  private static Optional<ObjectMeta> living(
      CacheSnapshot namespaces, String cluster, String namespace) {
    return namespaces
        .get(new ObjectKey(NAMESPACES, cluster, "", namespace))
        .map(ApiObject::meta)
        .filter(meta -> !meta.deleting());
  }
}

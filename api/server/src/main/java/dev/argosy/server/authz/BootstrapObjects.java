package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.ObjectMeta;
import dev.argosy.server.preset.Presets;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bootstrap roles and bindings as objects. Their text is made once for all clusters; uid and
 * creationTimestamp are a cluster's own and follow from its namespace {@code kube-system}, which is
 * as old as the cluster. A cluster without it, or that is going, has none.
 */
public final class BootstrapObjects implements Presets {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  private static final String HOME = "kube-system";

  private final ResourceCaches caches;
  private final Map<GroupResource, List<BootstrapTemplate>> templates;

  public BootstrapObjects(BootstrapRbac bootstrap, ResourceCaches caches) {
    this.caches = caches;
    Map<String, Role> roles = new LinkedHashMap<>();
    bootstrap.roles().forEach(role -> roles.put(role.namespace() + "/" + role.name(), role));
    List<BootstrapTemplate> all = new ArrayList<>();
    Aggregation.complete(roles).values().forEach(role -> all.add(BootstrapTemplate.of(role)));
    bootstrap.bindings().forEach(binding -> all.add(BootstrapTemplate.of(binding)));
    all.sort(
        Comparator.comparing(BootstrapTemplate::namespace).thenComparing(BootstrapTemplate::name));
    Map<GroupResource, List<BootstrapTemplate>> byResource = new LinkedHashMap<>();
    for (RbacKind kind : RbacKind.values()) {
      byResource.put(kind.resource(), all.stream().filter(t -> t.kind() == kind).toList());
    }
    templates = Map.copyOf(byResource);
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
    List<BootstrapTemplate> wanted = templates.get(resource);
    if (wanted == null) {
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

package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.preset.PresetTemplate;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.preset.TemplatePresets;
import dev.argosy.store.cache.ResourceCaches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bootstrap roles and bindings as objects. */
public final class BootstrapObjects implements Presets {

  private final Presets presets;

  public BootstrapObjects(BootstrapRbac bootstrap, ResourceCaches caches) {
    Map<String, Role> roles = new LinkedHashMap<>();
    bootstrap.roles().forEach(role -> roles.put(role.namespace() + "/" + role.name(), role));
    List<PresetTemplate> all = new ArrayList<>();
    Aggregation.complete(roles).values().forEach(role -> all.add(BootstrapTemplate.of(role)));
    bootstrap.bindings().forEach(binding -> all.add(BootstrapTemplate.of(binding)));
    all.sort(Comparator.comparing(PresetTemplate::namespace).thenComparing(PresetTemplate::name));
    Map<GroupResource, List<PresetTemplate>> byResource = new LinkedHashMap<>();
    for (RbacKind kind : RbacKind.values()) {
      GroupResource resource = kind.resource();
      byResource.put(resource, all.stream().filter(t -> t.resource().equals(resource)).toList());
    }
    Map<GroupResource, List<PresetTemplate>> templates = Map.copyOf(byResource);
    presets =
        new TemplatePresets(
            caches, (resource, cluster) -> templates.getOrDefault(resource, List.of()));
  }

  @Override
  public List<ApiObject> of(GroupResource resource, String cluster, String namespace) {
    return presets.of(resource, cluster, namespace);
  }

  @Override
  public Optional<ApiObject> find(ObjectKey key) {
    return presets.find(key);
  }
}

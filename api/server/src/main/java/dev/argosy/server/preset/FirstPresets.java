package dev.argosy.server.preset;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.server.registry.KindTables;
import dev.argosy.store.cache.ResourceCaches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every cluster has from the beginning: priority classes of the system, flow schemas and
 * priority levels, the range of service addresses.
 */
public final class FirstPresets {

  private FirstPresets() {}

  /**
   * Presets of these objects.
   *
   * @param serviceRange of the addresses of services, such as {@code 10.96.0.0/12}
   */
  public static Presets of(
      FirstObjects objects, String serviceRange, KindTables kinds, ResourceCaches caches) {
    Map<GroupResource, List<PresetTemplate>> templates = new HashMap<>();
    for (ObjectNode object : objects.all()) {
      String json = object.toString().replace("$SERVICE_RANGE", serviceRange);
      PresetTemplate template =
          PresetTemplate.of(
              resource(object, kinds), Json.parse(json.getBytes(StandardCharsets.UTF_8)));
      templates.computeIfAbsent(template.resource(), r -> new ArrayList<>()).add(template);
    }
    templates.values().forEach(list -> list.sort(Comparator.comparing(PresetTemplate::name)));
    Map<GroupResource, List<PresetTemplate>> all = Map.copyOf(templates);
    return new TemplatePresets(
        caches, (resource, cluster) -> all.getOrDefault(resource, List.of()));
  }

  private static GroupResource resource(ObjectNode object, KindTables kinds) {
    String version = object.path("apiVersion").asString("");
    String kind = object.path("kind").asString("");
    KindSchema schema =
        kinds
            .of("root")
            .ofKind(version, kind)
            .orElseThrow(() -> new IllegalStateException("nobody serves " + version + " " + kind));
    return schema.type().groupResource();
  }
}

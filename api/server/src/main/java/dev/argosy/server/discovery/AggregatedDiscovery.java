package dev.argosy.server.discovery;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.Subresource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Discovery in one document.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#aggregated-discovery">
 *     Aggregated discovery</a>
 */
final class AggregatedDiscovery {

  private AggregatedDiscovery() {}

  /** The core group, for {@code /api}. */
  static ObjectNode core(KindTable table, String version) {
    Groups.Group core = new Groups.Group("", List.of("v1"));
    return document(new Groups(table, List.of(core), Map.of()), version);
  }

  /** All other groups, for {@code /apis}. */
  static ObjectNode groups(Groups groups, String version) {
    return document(groups, version);
  }

  private static ObjectNode document(Groups groups, String version) {
    ObjectNode list = Json.object();
    list.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/" + version);
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    groups.all().forEach(group -> items.add(group(groups, group)));
    return list;
  }

  private static ObjectNode group(Groups groups, Groups.Group group) {
    ObjectNode item = Json.object();
    ObjectNode metadata = item.putObject("metadata");
    if (!group.name().isEmpty()) {
      metadata.put("name", group.name());
    }
    metadata.putNull("creationTimestamp");
    ArrayNode versions = item.putArray("versions");
    for (String version : group.versions()) {
      Optional<ObjectNode> remote = groups.remote(group.name(), version);
      if (remote.isPresent()) {
        versions.add(remote.get());
        continue;
      }
      ObjectNode entry = versions.addObject().put("version", version);
      ArrayNode resources = entry.putArray("resources");
      Groups.kinds(groups.table(), group.name(), version).forEach(k -> resources.add(resource(k)));
      entry.put("freshness", "Current");
    }
    return item;
  }

  private static ObjectNode resource(KindSchema kind) {
    ResourceType type = kind.type();
    ObjectNode resource = Json.object();
    resource.put("resource", type.resource());
    resource.set("responseKind", kind(type.group(), type.version(), type.kind()));
    resource.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
    resource.put("singularResource", type.singular());
    LegacyDiscovery.texts(resource, "verbs", type.verbs());
    if (!type.shortNames().isEmpty()) {
      LegacyDiscovery.texts(resource, "shortNames", type.shortNames());
    }
    if (!type.categories().isEmpty()) {
      LegacyDiscovery.texts(resource, "categories", type.categories());
    }
    if (!kind.subresources().isEmpty()) {
      ArrayNode subresources = resource.putArray("subresources");
      kind.subresources().forEach(s -> subresources.add(subresource(s)));
    }
    return resource;
  }

  private static ObjectNode subresource(Subresource subresource) {
    ObjectNode entry = Json.object().put("subresource", subresource.name());
    entry.set("responseKind", kind(subresource.group(), subresource.version(), subresource.kind()));
    LegacyDiscovery.texts(entry, "verbs", subresource.verbs());
    return entry;
  }

  private static ObjectNode kind(String group, String version, String kind) {
    return Json.object().put("group", group).put("version", version).put("kind", kind);
  }
}

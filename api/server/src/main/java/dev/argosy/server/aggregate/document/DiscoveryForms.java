package dev.argosy.server.aggregate.document;

import dev.argosy.model.object.Json;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads both forms of discovery into the one that is kept. */
final class DiscoveryForms {

  private static final int MOST_RESOURCES = 2000;

  private DiscoveryForms() {}

  /** The versions in an {@code APIGroupDiscoveryList}, by "group/version". */
  static Map<String, ObjectNode> versions(JsonNode list) {
    Map<String, ObjectNode> versions = new HashMap<>();
    for (JsonNode group : list.path("items")) {
      String name = group.path("metadata").path("name").asString("");
      for (JsonNode version : group.path("versions")) {
        ObjectNode entry = Json.object();
        ArrayNode resources = entry.putArray("resources");
        for (JsonNode resource : version.path("resources")) {
          if (resources.size() < MOST_RESOURCES && resource instanceof ObjectNode one) {
            resources.add(complete(one));
          }
        }
        versions.put(name + "/" + version.path("version").asString(""), entry);
      }
    }
    return versions;
  }

  /** Clients of some versions fall over a resource without a kind. */
  private static ObjectNode complete(ObjectNode resource) {
    if (!resource.path("responseKind").isObject()) {
      resource.set("responseKind", kind("", "", ""));
    }
    for (JsonNode subresource : resource.path("subresources")) {
      if (subresource instanceof ObjectNode one && !one.path("responseKind").isObject()) {
        one.set("responseKind", kind("", "", ""));
      }
    }
    return resource;
  }

  /** An {@code APIResourceList} in the other form. */
  static ObjectNode ofLegacy(String group, String version, JsonNode list) {
    Map<String, ObjectNode> resources = new LinkedHashMap<>();
    for (JsonNode resource : list.path("resources")) {
      String name = resource.path("name").asString("");
      if (name.indexOf('/') < 0 && resources.size() < MOST_RESOURCES) {
        resources.put(name, resource(group, version, resource).put("resource", name));
      }
    }
    for (JsonNode subresource : list.path("resources")) {
      String name = subresource.path("name").asString("");
      int slash = name.indexOf('/');
      ObjectNode parent = slash < 0 ? null : resources.get(name.substring(0, slash));
      if (parent != null) {
        ObjectNode entry =
            parent
                .withArray("subresources")
                .addObject()
                .put("subresource", name.substring(slash + 1));
        entry.set("responseKind", responseKind(group, version, subresource));
        entry.set("verbs", texts(subresource.path("verbs")));
      }
    }
    ObjectNode entry = Json.object();
    resources.values().forEach(entry.putArray("resources")::add);
    return entry;
  }

  private static ObjectNode resource(String group, String version, JsonNode legacy) {
    ObjectNode resource = Json.object();
    resource.set("responseKind", responseKind(group, version, legacy));
    resource.put("scope", legacy.path("namespaced").asBoolean(false) ? "Namespaced" : "Cluster");
    resource.put("singularResource", legacy.path("singularName").asString(""));
    resource.set("verbs", texts(legacy.path("verbs")));
    for (String list : List.of("shortNames", "categories")) {
      if (!legacy.path(list).isEmpty()) {
        resource.set(list, texts(legacy.path(list)));
      }
    }
    return resource;
  }

  private static ObjectNode responseKind(String group, String version, JsonNode legacy) {
    return kind(
        legacy.path("group").asString(group),
        legacy.path("version").asString(version),
        legacy.path("kind").asString(""));
  }

  private static ObjectNode kind(String group, String version, String kind) {
    return Json.object().put("group", group).put("version", version).put("kind", kind);
  }

  private static ArrayNode texts(JsonNode list) {
    ArrayNode texts = Json.object().putArray("texts");
    list.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}

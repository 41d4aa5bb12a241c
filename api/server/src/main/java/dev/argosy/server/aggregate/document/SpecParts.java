package dev.argosy.server.aggregate.document;

import dev.argosy.model.object.Json;
import dev.argosy.server.openapi.RemoteSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes from a document of version 2 the paths of some group versions and what they need. */
final class SpecParts {

  private static final String POINTER = "#/definitions/";

  private final JsonNode all;
  private final ObjectNode kept = Json.object();
  private final Deque<JsonNode> open = new ArrayDeque<>();

  private SpecParts(JsonNode definitions) {
    this.all = definitions;
  }

  /** Empty if there is nothing of them. */
  static Optional<RemoteSpec> of(JsonNode document, Set<String> groupVersions) {
    ObjectNode paths = Json.object();
    SpecParts parts = new SpecParts(document.path("definitions"));
    document
        .path("paths")
        .forEachEntry((path, item) -> {
          if (item.isObject() && groupVersions.stream().anyMatch(gv -> within(path, gv))) {
            paths.set(path, item);
            parts.open.add(item);
          }
        });
    parts.all.forEachEntry((name, definition) -> {
      if (isKind(definition, groupVersions)) {
        parts.keep(name);
      }
    });
    parts.follow();
    return paths.isEmpty() && parts.kept.isEmpty()
        ? Optional.empty()
        : Optional.of(new RemoteSpec(paths, parts.kept));
  }

  private static boolean within(String path, String groupVersion) {
    String root = "/apis/" + groupVersion;
    return path.equals(root) || path.startsWith(root + "/");
  }

  private static boolean isKind(JsonNode definition, Set<String> groupVersions) {
    for (JsonNode kind : definition.path("x-kubernetes-group-version-kind")) {
      String groupVersion =
          kind.path("group").asString("") + "/" + kind.path("version").asString("");
      if (groupVersions.contains(groupVersion)) {
        return true;
      }
    }
    return false;
  }

  private void keep(String name) {
    JsonNode definition = all.path(name);
    if (definition.isObject() && !kept.has(name)) {
      kept.set(name, definition);
      open.add(definition);
    }
  }

  private void follow() {
    for (JsonNode next = open.poll(); next != null; next = open.poll()) {
      String reference = next.path("$ref").asString("");
      if (reference.startsWith(POINTER)) {
        keep(reference.substring(POINTER.length()));
      }
      next.forEach(open::add);
    }
  }
}

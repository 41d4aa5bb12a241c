package dev.argosy.server.custom.kind;

import dev.argosy.server.custom.path.JsonPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What field selectors of a custom resource may name. */
final class SelectableFields {

  private final Map<String, JsonPath> paths = new LinkedHashMap<>();

  SelectableFields(boolean namespaced, List<String> selectable) {
    add(".metadata.name");
    if (namespaced) {
      add(".metadata.namespace");
    }
    selectable.forEach(this::add);
  }

  private void add(String path) {
    String label = path.startsWith(".") ? path.substring(1) : path;
    JsonPath.parse(path).ifPresent(parsed -> paths.put(label, parsed));
  }

  Set<String> names() {
    return Set.copyOf(paths.keySet());
  }

  /** The values as texts; empty where there is none. */
  Map<String, String> of(JsonNode object) {
    Map<String, String> values = new LinkedHashMap<>();
    paths.forEach((label, path) -> {
      JsonNode value = path.first(object);
      values.put(label, value == null ? "" : value.asString(""));
    });
    return values;
  }
}

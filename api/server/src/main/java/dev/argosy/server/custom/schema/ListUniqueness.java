package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Elements of a set differ; elements of a map differ in their keys. */
public final class ListUniqueness {

  private ListUniqueness() {}

  /** Tells every element that stands a second time; each once. */
  public static void check(Schema schema, JsonNode value, Path path, Problems problems) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        Schema below = schema.member(entry.getKey());
        if (below != null) {
          check(below, entry.getValue(), path.child(entry.getKey()), problems);
        }
      }
    } else if (value.isArray()) {
      array(schema, value, path, problems);
    }
  }

  private static void array(Schema schema, JsonNode value, Path path, Problems problems) {
    switch (schema.marks().listType()) {
      case "set" -> unique(value, List.of(), path, problems);
      case "map" -> unique(value, schema.marks().mapKeys(), path, problems);
      default -> {}
    }
    @Nullable Schema items = schema.shape().items();
    if (items != null) {
      for (int i = 0; i < value.size(); i++) {
        check(items, value.get(i), path.at(i), problems);
      }
    }
  }

  private static void unique(JsonNode value, List<String> keys, Path path, Problems problems) {
    Set<JsonNode> seen = new HashSet<>();
    Set<JsonNode> told = new HashSet<>();
    for (int i = 0; i < value.size(); i++) {
      JsonNode element = value.get(i);
      if (!keys.isEmpty() && !element.isObject()) {
        continue; // its type is told already
      }
      JsonNode key = keys.isEmpty() ? element : OldElements.key(element, keys);
      if (!seen.add(key) && told.add(key)) {
        problems.duplicate(path.at(i), key);
      }
    }
  }
}

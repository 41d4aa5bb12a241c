package dev.argosy.server.history;

import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Which manager an object's {@code managedFields} name for a field. */
record FieldOwners(JsonNode object) {

  /**
   * The manager of what is at a place; of several the one that wrote last.
   *
   * @param path of members and of indexes of lists
   */
  Optional<String> of(List<String> path) {
    String manager = null;
    String newest = "";
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      String time = entry.path("time").asString("");
      if (time.compareTo(newest) >= 0 && owns(entry.path("fieldsV1"), path)) {
        newest = time;
        manager = entry.path("manager").asString("");
      }
    }
    return Optional.ofNullable(manager);
  }

  private boolean owns(JsonNode fields, List<String> path) {
    JsonNode set = fields;
    JsonNode value = object;
    for (String token : path) {
      JsonNode next = value.isArray() ? item(set, value, token) : set.get("f:" + token);
      if (next == null) {
        return leaf(set);
      }
      set = next;
      value = value.isArray() ? value.path(index(token)) : value.path(token);
    }
    return !set.isMissingNode();
  }

  /** A set without further steps stands for all below it. */
  private static boolean leaf(JsonNode set) {
    return set.isEmpty() && !set.isMissingNode();
  }

  private static @Nullable JsonNode item(JsonNode set, JsonNode list, String token) {
    JsonNode item = list.path(index(token));
    for (Map.Entry<String, JsonNode> step : set.properties()) {
      if (means(step.getKey(), token, item)) {
        return step.getValue();
      }
    }
    return null;
  }

  private static int index(String token) {
    try {
      return Integer.parseInt(token);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Whether a step names an item: by its keys, its value or its place. */
  private static boolean means(String step, String token, JsonNode item) {
    if (step.startsWith("i:")) {
      return step.substring(2).equals(token);
    }
    if (!step.startsWith("k:") && !step.startsWith("v:")) {
      return false;
    }
    JsonNode named = parse(step.substring(2));
    if (step.startsWith("v:")) {
      return named.equals(item);
    }
    return named.properties().stream()
        .allMatch(key -> key.getValue().equals(item.path(key.getKey())));
  }

  private static JsonNode parse(String json) {
    try {
      return Json.mapper().readTree(json);
    } catch (JacksonException e) {
      return Json.object();
    }
  }
}

package dev.argosy.model.managed;

import dev.argosy.model.managed.PathElement.Key;
import dev.argosy.model.managed.PathElement.KeyField;
import dev.argosy.model.managed.PathElement.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What makes an element of a list the one it is. */
final class ListItems {

  private ListItems() {}

  /** How an element is named in paths; one without its keys by its whole value. */
  static PathElement identify(TypeShape list, JsonNode element) {
    if (list.form() == TypeShape.Form.SET || !element.isObject()) {
      return new Value(element);
    }
    List<KeyField> fields = new ArrayList<>(list.keys().size());
    for (String key : list.keys()) {
      JsonNode value = keyValue(list, key, element);
      if (value != null) {
        fields.add(new KeyField(key, value));
      }
    }
    return fields.isEmpty() ? new Value(element) : new Key(fields);
  }

  private static @Nullable JsonNode keyValue(TypeShape list, String key, JsonNode element) {
    JsonNode value = element.get(key);
    return value == null || value.isNull() ? list.keyDefault(key) : value;
  }

  /** Why an element cannot stand in a list; null if it can. */
  static @Nullable String problem(TypeShape list, JsonNode element) {
    if (list.form() == TypeShape.Form.SET) {
      if (element.isNull()) {
        return "associative list without keys has an element that's an explicit null";
      }
      return element.isContainer()
          ? "associative list without keys has an element that's a "
              + (element.isObject() ? "map" : "list")
              + " type"
          : null;
    }
    if (element.isNull()) {
      return "associative list with keys may not have a null element";
    }
    if (!element.isObject()) {
      return "associative list with keys may not have non-map elements";
    }
    for (String key : list.keys()) {
      if (keyValue(list, key, element) == null) {
        return "associative list with keys has an element that omits key field \""
            + key
            + "\" (and doesn't have default value)";
      }
    }
    return null;
  }

  /** The elements of a list by what they are; those that stand there several times together. */
  static Map<PathElement, List<JsonNode>> index(TypeShape list, @Nullable ArrayNode array) {
    if (array == null) {
      return Map.of();
    }
    Map<PathElement, List<JsonNode>> index = new TreeMap<>();
    for (JsonNode element : array) {
      index.computeIfAbsent(identify(list, element), e -> new ArrayList<>(1)).add(element);
    }
    return index;
  }

  /** What each element is, in their order; the elements of an absent list are none. */
  static Map<PathElement, JsonNode> firsts(TypeShape list, ArrayNode array) {
    Map<PathElement, JsonNode> firsts = new LinkedHashMap<>();
    for (JsonNode element : array) {
      firsts.putIfAbsent(identify(list, element), element);
    }
    return firsts;
  }
}

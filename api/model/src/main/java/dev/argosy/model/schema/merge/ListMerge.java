package dev.argosy.model.schema.merge;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges one list whose strategy is merge: objects by their key, plain values as a set.
 *
 * @param field the list
 * @param item the type of its objects; null for plain values
 * @param order the wished order (keys only); null if the patch has none
 * @param deletions plain values to be taken out; null if the patch has none
 */
record ListMerge(
    Field field,
    @Nullable StructType item,
    @Nullable ArrayNode order,
    @Nullable ArrayNode deletions) {

  ArrayNode apply(@Nullable ArrayNode original, ArrayNode patch) {
    List<JsonNode> elements = new ArrayList<>();
    if (original != null) {
      original.forEach(elements::add);
    }
    List<JsonNode> merged =
        item == null ? mergeValues(elements, patch) : mergeObjects(elements, patch);
    ArrayNode result = Json.mapper().createArrayNode();
    ordered(merged, elements, order == null ? patch : order).forEach(result::add);
    return result;
  }

  private List<JsonNode> mergeValues(List<JsonNode> original, ArrayNode patch) {
    List<JsonNode> result = new ArrayList<>(original);
    if (deletions != null) {
      List<JsonNode> gone = new ArrayList<>();
      deletions.forEach(gone::add);
      result.removeAll(gone);
    }
    for (JsonNode value : patch) {
      if (!result.contains(value)) {
        result.add(value);
      }
    }
    return result;
  }

  private List<JsonNode> mergeObjects(List<JsonNode> original, ArrayNode patch) {
    if (replaces(patch)) {
      List<JsonNode> replaced = new ArrayList<>();
      patch.forEach(element -> {
        if (element instanceof ObjectNode o && !o.has(StrategicMerge.DIRECTIVE)) {
          replaced.add(StrategicMerge.withoutDirectives(o));
        }
      });
      return replaced;
    }
    List<JsonNode> result = new ArrayList<>(original);
    for (JsonNode element : patch) {
      if (!(element instanceof ObjectNode object)) {
        throw new PatchSyntaxException(
            "unable to merge list " + field.name() + ": its elements must be objects");
      }
      mergeElement(result, object);
    }
    return result;
  }

  private void mergeElement(List<JsonNode> result, ObjectNode patch) {
    JsonNode key = keyOf(patch);
    if (patch.path(StrategicMerge.DIRECTIVE).asString("").equals("delete")) {
      result.removeIf(element -> key.equals(element.get(field.facets().mergeKey())));
      return;
    }
    int at = indexOf(result, key);
    if (at < 0) {
      result.add(StrategicMerge.merge(item, Json.object(), patch));
    } else if (result.get(at) instanceof ObjectNode there) {
      ObjectNode merged = StrategicMerge.merge(item, there, patch);
      result.set(at, merged);
    }
  }

  private static boolean replaces(ArrayNode patch) {
    for (JsonNode element : patch) {
      boolean onlyDirective =
          element.isObject()
              && element.size() == 1
              && element.path(StrategicMerge.DIRECTIVE).asString("").equals("replace");
      if (onlyDirective) {
        return true;
      }
    }
    return false;
  }

  private JsonNode keyOf(ObjectNode element) {
    String mergeKey = field.facets().mergeKey();
    JsonNode key = element.get(mergeKey);
    if (key == null) {
      throw new PatchSyntaxException(
          "map: " + element + " does not contain declared merge key: " + mergeKey);
    }
    return key;
  }

  private int indexOf(List<JsonNode> elements, JsonNode key) {
    for (int i = 0; i < elements.size(); i++) {
      if (key.equals(elements.get(i).get(field.facets().mergeKey()))) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Sorts as the order says, which is that of the patch if it gives no other. Elements that only
   * the server has stay in front of those they stood before; new ones come before them.
   */
  private List<JsonNode> ordered(List<JsonNode> merged, List<JsonNode> original, ArrayNode wished) {
    Map<JsonNode, Integer> rank = new HashMap<>();
    for (JsonNode element : wished) {
      if (!element.has(StrategicMerge.DIRECTIVE)) {
        rank.putIfAbsent(
            element instanceof ObjectNode object ? keyOf(object) : element, rank.size());
      }
    }
    Map<JsonNode, Integer> places = new HashMap<>();
    for (JsonNode element : original) {
      places.putIfAbsent(identity(element), places.size());
    }
    List<JsonNode> known = new ArrayList<>();
    List<JsonNode> serverOnly = new ArrayList<>();
    for (JsonNode element : merged) {
      (rank.containsKey(identity(element)) ? known : serverOnly).add(element);
    }
    known.sort((a, b) -> Integer.compare(at(rank, a), at(rank, b)));
    return interleave(known, serverOnly, places);
  }

  private List<JsonNode> interleave(
      List<JsonNode> known, List<JsonNode> serverOnly, Map<JsonNode, Integer> places) {
    List<JsonNode> result = new ArrayList<>(known.size() + serverOnly.size());
    int next = 0;
    for (JsonNode element : known) {
      int place = at(places, element);
      while (place < Integer.MAX_VALUE
          && next < serverOnly.size()
          && at(places, serverOnly.get(next)) < place) {
        result.add(serverOnly.get(next++));
      }
      result.add(element);
    }
    result.addAll(serverOnly.subList(next, serverOnly.size()));
    return result;
  }

  private int at(Map<JsonNode, Integer> places, JsonNode element) {
    return places.getOrDefault(identity(element), Integer.MAX_VALUE);
  }

  private JsonNode identity(JsonNode element) {
    if (item == null) {
      return element;
    }
    JsonNode key = element.get(field.facets().mergeKey());
    return key == null ? element : key;
  }
}

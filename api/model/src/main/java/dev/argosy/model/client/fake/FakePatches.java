package dev.argosy.model.client.fake;

import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The patch formats, the strategic one with the merge keys that control loops use. */
final class FakePatches {

  private static final Map<String, String> MERGE_KEYS =
      Map.of(
          "conditions", "type",
          "ownerReferences", "uid",
          "containers", "name",
          "initContainers", "name",
          "volumes", "name",
          "env", "name",
          "addresses", "type");

  private FakePatches() {}

  static ObjectNode apply(ObjectNode current, Patch patch) {
    ObjectNode result = current.deepCopy();
    switch (patch.form()) {
      case MERGE -> merge(result, (ObjectNode) patch.body(), false);
      case STRATEGIC, APPLY -> merge(result, (ObjectNode) patch.body(), true);
      case JSON -> patch.body().forEach(operation -> operation(result, operation));
    }
    return result;
  }

  private static void merge(ObjectNode target, ObjectNode patch, boolean strategic) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode value = field.getValue();
      JsonNode old = target.get(field.getKey());
      String mergeKey = strategic ? MERGE_KEYS.getOrDefault(field.getKey(), "") : "";
      if (value.isNull()) {
        target.remove(field.getKey());
      } else if (value instanceof ObjectNode object) {
        ObjectNode into = old instanceof ObjectNode o ? o : Json.object();
        merge(into, object, strategic);
        target.set(field.getKey(), into);
      } else if (!mergeKey.isEmpty() && old instanceof ArrayNode list && value.isArray()) {
        value.forEach(item -> mergeItem(list, (ObjectNode) item, mergeKey));
      } else {
        target.set(field.getKey(), value.deepCopy());
      }
    }
  }

  private static void mergeItem(ArrayNode list, ObjectNode item, String mergeKey) {
    boolean delete = item.path("$patch").asString("").equals("delete");
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(mergeKey).equals(item.path(mergeKey))) {
        if (delete) {
          list.remove(i);
        } else {
          merge((ObjectNode) list.get(i), item, true);
        }
        return;
      }
    }
    if (!delete) {
      list.add(item.deepCopy());
    }
  }

  private static void operation(ObjectNode root, JsonNode operation) {
    String path = operation.path("path").asString("");
    int slash = path.lastIndexOf('/');
    JsonNode parent = root.at(path.substring(0, slash));
    String last = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
    JsonNode value = operation.path("value");
    switch (operation.path("op").asString("")) {
      case "test" -> {
        if (!root.at(path).equals(value)) {
          throw new StatusException(Status.badRequest("the test of " + path + " failed"));
        }
      }
      case "remove" -> remove(parent, last);
      case "add", "replace" -> set(parent, last, value, operation.path("op").asString(""));
      default -> throw new StatusException(Status.badRequest("unsupported operation"));
    }
  }

  private static void remove(JsonNode parent, String last) {
    if (parent instanceof ArrayNode array) {
      array.remove(Integer.parseInt(last));
    } else if (parent instanceof ObjectNode object) {
      object.remove(last);
    }
  }

  private static void set(JsonNode parent, String last, JsonNode value, String op) {
    if (parent instanceof ObjectNode object) {
      object.set(last, value.deepCopy());
    } else if (parent instanceof ArrayNode array && last.equals("-")) {
      array.add(value.deepCopy());
    } else if (parent instanceof ArrayNode array && op.equals("add")) {
      array.insert(Integer.parseInt(last), value.deepCopy());
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), value.deepCopy());
    } else {
      throw new StatusException(Status.badRequest("no such path"));
    }
  }
}

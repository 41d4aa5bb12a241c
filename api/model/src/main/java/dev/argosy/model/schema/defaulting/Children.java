package dev.argosy.model.schema.defaulting;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Members of an object that rules look at or make. */
final class Children {

  private Children() {}

  /** The object below that name, made if it is missing. */
  static ObjectNode of(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode found ? found : parent.putObject(name);
  }

  /** Sets a member that is missing or null. */
  static void putIfMissing(ObjectNode object, String name, JsonNode value) {
    JsonNode old = object.get(name);
    if (old == null || old.isNull()) {
      object.set(name, value);
    }
  }

  static void putIfMissing(ObjectNode object, String name, int value) {
    putIfMissing(object, name, object.numberNode(value));
  }

  static void putIfMissing(ObjectNode object, String name, String value) {
    putIfMissing(object, name, object.stringNode(value));
  }

  /** Adds the members that {@code amounts} has not got yet. */
  static void addMissing(ObjectNode amounts, JsonNode more) {
    for (Map.Entry<String, JsonNode> member : more.properties()) {
      amounts.putIfAbsent(member.getKey(), member.getValue());
    }
  }

  /** Gives an object without labels those of its pod template. */
  static void labelsOfTemplate(ObjectNode object) {
    JsonNode labels = object.path("spec").path("template").path("metadata").path("labels");
    if (!labels.isEmpty() && object.path("metadata").path("labels").isEmpty()) {
      of(object, "metadata").set("labels", labels.deepCopy());
    }
  }
}

package dev.argosy.server.custom.schema;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values: numbers by what they are worth, objects without order. */
public final class SameValue {

  private SameValue() {}

  public static boolean of(JsonNode a, JsonNode b) {
    if (a == b) {
      return true;
    }
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    if (a.isObject() && b.isObject()) {
      return objects(a, b);
    }
    if (a.isArray() && b.isArray()) {
      return arrays(a, b);
    }
    return a.equals(b);
  }

  private static boolean objects(JsonNode a, JsonNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : a.properties()) {
      JsonNode other = b.get(entry.getKey());
      if (other == null || !of(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean arrays(JsonNode a, JsonNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!of(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}

package dev.argosy.model.patch;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values: numbers by value, members in any order. */
public final class Equality {

  private Equality() {}

  /** Whether both mean the same. */
  public static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    if (a.getNodeType() != b.getNodeType() || a.size() != b.size()) {
      return false;
    }
    if (a.isObject()) {
      for (Map.Entry<String, JsonNode> member : a.properties()) {
        JsonNode other = b.get(member.getKey());
        if (other == null || !same(member.getValue(), other)) {
          return false;
        }
      }
      return true;
    }
    if (a.isArray()) {
      Iterator<JsonNode> others = b.iterator();
      for (JsonNode element : a) {
        if (!same(element, others.next())) {
          return false;
        }
      }
      return true;
    }
    return a.equals(b);
  }
}

package dev.argosy.model.managed;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A total order of JSON values: numbers, texts, booleans, lists, objects, null. Texts are ordered
 * by their UTF-8 bytes.
 */
final class ValueOrder {

  private ValueOrder() {}

  /** The same value in the form that a parser gives it, so that equal ones are equal. */
  static JsonNode plain(JsonNode value) {
    return value.isLong() && value.canConvertToInt()
        ? JsonNodeFactory.instance.numberNode(value.intValue())
        : value;
  }

  static int compare(JsonNode a, JsonNode b) {
    int kind = Integer.compare(kind(a), kind(b));
    if (kind != 0) {
      return kind;
    }
    return switch (a.getNodeType()) {
      case NUMBER -> a.decimalValue().compareTo(b.decimalValue());
      case STRING -> texts(a.stringValue(), b.stringValue());
      case BOOLEAN -> Boolean.compare(a.booleanValue(), b.booleanValue());
      case ARRAY -> lists(a, b);
      case OBJECT -> objects(a, b);
      default -> 0;
    };
  }

  private static int kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> 0;
      case STRING -> 1;
      case BOOLEAN -> 2;
      case ARRAY -> 3;
      case OBJECT -> 4;
      default -> 5;
    };
  }

  private static int lists(JsonNode a, JsonNode b) {
    Iterator<JsonNode> others = b.iterator();
    for (JsonNode element : a) {
      if (!others.hasNext()) {
        return 1;
      }
      int order = compare(element, others.next());
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int objects(JsonNode a, JsonNode b) {
    List<Map.Entry<String, JsonNode>> left = sorted(a);
    List<Map.Entry<String, JsonNode>> right = sorted(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = texts(left.get(i).getKey(), right.get(i).getKey());
      order = order != 0 ? order : compare(left.get(i).getValue(), right.get(i).getValue());
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<Map.Entry<String, JsonNode>> sorted(JsonNode object) {
    return object.properties().stream().sorted((x, y) -> texts(x.getKey(), y.getKey())).toList();
  }

  /** As UTF-8 bytes compare, which differs from chars above the surrogates only. */
  static int texts(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Integer.compare(rank(x), rank(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}

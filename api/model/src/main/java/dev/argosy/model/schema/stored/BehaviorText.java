package dev.argosy.model.schema.stored;

import dev.argosy.model.object.Json;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scaling behaviour in the annotation of old autoscalers: its field names begin with a capital
 * there, as servers have always written it.
 */
final class BehaviorText {

  private BehaviorText() {}

  static ObjectNode withUpperNames(ObjectNode behavior) {
    return renamed(behavior, first -> first.toUpperCase(Locale.ROOT));
  }

  static ObjectNode withLowerNames(ObjectNode behavior) {
    return renamed(behavior, first -> first.toLowerCase(Locale.ROOT));
  }

  private static ObjectNode renamed(ObjectNode from, UnaryOperator<String> first) {
    ObjectNode to = Json.object();
    for (Map.Entry<String, JsonNode> member : from.properties()) {
      String name = member.getKey();
      if (!name.isEmpty() && !member.getValue().isNull()) {
        String other = first.apply(name.substring(0, 1)) + name.substring(1);
        to.set(other, value(member.getValue(), first));
      }
    }
    return to;
  }

  private static JsonNode value(JsonNode value, UnaryOperator<String> first) {
    if (value instanceof ObjectNode object) {
      return renamed(object, first);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode list = Json.mapper().createArrayNode();
      array.forEach(element -> list.add(value(element, first)));
      return list;
    }
    return value;
  }
}

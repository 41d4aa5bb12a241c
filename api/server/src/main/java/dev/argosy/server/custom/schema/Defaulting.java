package dev.argosy.server.custom.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in defaults, then takes away nulls that may not be there. Doing it twice changes nothing
 * more.
 */
public final class Defaulting {

  private Defaulting() {}

  public static void apply(Schema schema, JsonNode value) {
    fill(schema, value);
    dropNulls(schema, value);
  }

  private static void fill(@Nullable Schema schema, JsonNode value) {
    if (schema == null) {
      return;
    }
    if (value instanceof ObjectNode object) {
      schema
          .shape()
          .properties()
          .forEach((name, below) -> {
            JsonNode present = object.get(name);
            if (below.defaultValue() != null && (present == null || below.unwantedNull(present))) {
              object.set(name, below.defaultValue().deepCopy());
            }
          });
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Schema below = schema.member(entry.getKey());
        if (below != null && below.unwantedNull(entry.getValue()) && below.defaultValue() != null) {
          entry.setValue(below.defaultValue().deepCopy());
        }
        fill(below, entry.getValue());
      }
    } else if (value instanceof ArrayNode array) {
      elements(schema.shape().items(), array);
    }
  }

  private static void elements(@Nullable Schema items, ArrayNode array) {
    if (items == null) {
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      if (items.unwantedNull(array.get(i)) && items.defaultValue() != null) {
        array.set(i, items.defaultValue().deepCopy());
      }
      fill(items, array.get(i));
    }
  }

  private static void dropNulls(@Nullable Schema schema, JsonNode value) {
    if (schema == null) {
      return;
    }
    if (value instanceof ObjectNode object) {
      List<String> unwanted = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Schema below = schema.member(entry.getKey());
        if (below != null && below.unwantedNull(entry.getValue())) {
          unwanted.add(entry.getKey());
        } else {
          dropNulls(below, entry.getValue());
        }
      }
      object.remove(unwanted);
    } else if (value instanceof ArrayNode array) {
      array.forEach(element -> dropNulls(schema.shape().items(), element));
    }
  }
}

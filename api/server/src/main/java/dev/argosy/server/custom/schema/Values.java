package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Validates values. With an old value, parts that did not change are left alone, so that an object
 * which became invalid by a change of its schema can still be changed elsewhere ("ratcheting").
 */
public final class Values {

  private Values() {}

  /**
   * Validates a value.
   *
   * @param old the value that this one replaces; null if there is none to compare with
   */
  public static void check(
      Schema schema, JsonNode value, @Nullable JsonNode old, Path path, Problems problems) {
    if (old != null && SameValue.of(value, old)) {
      return;
    }
    if (!type(schema, value, path, problems) && value.isNull()) {
      return;
    }
    schema.checks().forEach(check -> check.of(value, path, problems));
    if (value.isObject()) {
      members(schema, value, old, path, problems);
    } else if (value.isArray() && schema.shape().items() != null) {
      elements(schema, schema.shape().items(), value, old, path, problems);
    }
  }

  private static void members(
      Schema schema, JsonNode value, @Nullable JsonNode old, Path path, Problems problems) {
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Schema below = schema.member(entry.getKey());
      if (below != null) {
        JsonNode before = old == null ? null : old.get(entry.getKey());
        check(below, entry.getValue(), before, path.child(entry.getKey()), problems);
      }
    }
  }

  private static void elements(
      Schema schema,
      Schema items,
      JsonNode value,
      @Nullable JsonNode old,
      Path path,
      Problems problems) {
    OldElements before = OldElements.of(schema, old);
    for (int i = 0; i < value.size(); i++) {
      JsonNode element = value.get(i);
      check(items, element, before.of(element), path.at(i), problems);
    }
  }

  private static boolean type(Schema schema, JsonNode value, Path path, Problems problems) {
    if (schema.types().isEmpty() || value.isNull() && schema.marks().nullable()) {
      return true;
    }
    String found = typeOf(value);
    boolean fits =
        schema.types().contains(found)
            || found.equals("integer") && schema.types().contains("number")
            || found.equals("number") && schema.types().contains("integer") && whole(value);
    if (!fits) {
      String wanted = String.join(",", schema.types());
      problems.wrongType(
          path, found, path + " in body must be of type " + wanted + ": \"" + found + "\"");
    }
    return fits;
  }

  /** The JSON schema type of a value. */
  static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      default -> "null";
    };
  }

  private static boolean whole(JsonNode number) {
    BigDecimal value = number.decimalValue();
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
  }
}

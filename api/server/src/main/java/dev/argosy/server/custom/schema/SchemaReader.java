package dev.argosy.server.custom.schema;

import dev.argosy.server.custom.schema.Schema.Marks;
import dev.argosy.server.custom.schema.Schema.RuleText;
import dev.argosy.server.custom.schema.Schema.Shape;
import dev.argosy.server.custom.schema.Schema.Sizes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads {@code openAPIV3Schema}. Takes what it understands and leaves out the rest: whether a
 * schema may be accepted is the question of {@link StructuralCheck}.
 */
public final class SchemaReader {

  private SchemaReader() {}

  /** The schema of a definition; one that allows nothing in particular if there is none. */
  public static Schema read(@Nullable JsonNode json) {
    JsonNode schema = json == null ? JsonNodeFactory.instance.objectNode() : json;
    Marks marks = marks(schema);
    JsonNode value = schema.get("default");
    return new Schema(
        types(schema, marks),
        shape(schema),
        marks,
        sizes(schema),
        value == null || value.isNull() ? null : value,
        Checks.of(schema),
        rules(schema.path("x-kubernetes-validations")));
  }

  private static List<String> types(JsonNode schema, Marks marks) {
    if (marks.intOrString()) {
      return List.of("integer", "string");
    }
    String type = schema.path("type").asString("");
    return type.isEmpty() ? List.of() : List.of(type);
  }

  private static Shape shape(JsonNode schema) {
    Map<String, Schema> properties = new LinkedHashMap<>();
    schema.path("properties").forEachEntry((name, below) -> properties.put(name, read(below)));
    JsonNode additional = schema.path("additionalProperties");
    JsonNode items = schema.path("items");
    return new Shape(
        Collections.unmodifiableMap(properties),
        additional.isObject() ? read(additional) : null,
        additional.isObject() || additional.asBoolean(false),
        items.isObject() ? read(items) : null);
  }

  private static Marks marks(JsonNode schema) {
    return new Marks(
        schema.path("nullable").asBoolean(false),
        schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false),
        schema.path("x-kubernetes-embedded-resource").asBoolean(false),
        schema.path("x-kubernetes-int-or-string").asBoolean(false),
        schema.path("x-kubernetes-list-type").asString(""),
        texts(schema.path("x-kubernetes-list-map-keys")),
        schema.path("x-kubernetes-map-type").asString(""));
  }

  private static Sizes sizes(JsonNode schema) {
    long longest = schema.path("maxLength").asLong(Sizes.UNBOUNDED);
    for (JsonNode allowed : schema.path("enum")) {
      longest = Math.max(longest, allowed.asString("").length());
    }
    return new Sizes(
        schema.path("format").asString(""),
        longest,
        !schema.path("enum").isEmpty(),
        schema.path("maxItems").asLong(Sizes.UNBOUNDED),
        schema.path("maxProperties").asLong(Sizes.UNBOUNDED),
        texts(schema.path("required")));
  }

  private static List<RuleText> rules(JsonNode rules) {
    List<RuleText> all = new ArrayList<>();
    for (JsonNode rule : rules) {
      all.add(
          new RuleText(
              rule.path("rule").asString(""),
              rule.path("message").asString(""),
              rule.path("messageExpression").asString(""),
              rule.path("reason").asString(""),
              rule.path("fieldPath").asString(""),
              rule.path("optionalOldSelf").asBoolean(false)));
    }
    return all;
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }
}

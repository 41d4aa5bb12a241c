package dev.argosy.server.custom.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Whether a schema is structural, so that it says of every field what type it has. */
public final class StructuralCheck {

  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final Map<String, String> UNSUPPORTED =
      Map.of(
          "id", "id is not supported",
          "$ref", "$ref is not supported",
          "definitions", "definitions is not supported",
          "dependencies", "dependencies is not supported",
          "patternProperties", "patternProperties is not supported",
          "additionalItems", "additionalItems is not supported");

  /** Of those, what may be there without content, as some typed clients write it. */
  private static final Set<String> BY_LENGTH = Set.of("id", "definitions", "patternProperties");

  private StructuralCheck() {}

  /** Checks the schema of a whole object. */
  public static void root(JsonNode schema, Path path, Problems problems) {
    String type = schema.path("type").asString("");
    if (type.isEmpty()) {
      problems.required(path.child("type"), "must not be empty at the root");
    } else if (!type.equals("object")) {
      problems.invalid(path.child("type"), type, "must be object at the root");
    }
    if (schema.path("nullable").asBoolean(false)) {
      problems.forbidden(path.child("nullable"), "nullable cannot be true at the root");
    }
    metadata(schema.path("properties").path("metadata"), path, problems);
    node(schema, path, problems);
  }

  /** Of metadata the schema may restrict names only. */
  private static void metadata(JsonNode metadata, Path path, Problems problems) {
    if (metadata.isMissingNode()) {
      return;
    }
    Path at = path.child("properties").key("metadata");
    if (!metadata.path("type").asString("").equals("object")) {
      problems.invalid(at.child("type"), metadata.path("type").asString(""), "must be object");
    }
    boolean more =
        metadata.propertyNames().stream()
            .anyMatch(name -> !List.of("type", "description", "properties").contains(name));
    for (String name : metadata.path("properties").propertyNames()) {
      more |= !name.equals("name") && !name.equals("generateName");
    }
    if (more) {
      problems.forbidden(
          at,
          "must not specify anything other than name and generateName, but metadata is implicitly"
              + " specified");
    }
  }

  private static boolean empty(JsonNode value) {
    return value.isString() ? value.asString().isEmpty() : value.isEmpty();
  }

  private static void node(JsonNode schema, Path path, Problems problems) {
    common(schema, path, problems);
    Extensions.check(schema, path, problems);
    DefaultCheck.check(schema, path, problems);
    schema
        .path("properties")
        .forEachEntry((name, below) -> {
          Path at = path.child("properties").key(name);
          typed(below, at, "must not be empty for specified object fields", problems);
          node(below, at, problems);
        });
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isObject()) {
      Path at = path.child("additionalProperties");
      typed(additional, at, "must not be empty for specified object fields", problems);
      node(additional, at, problems);
    }
    JsonNode items = schema.path("items");
    if (items.isObject()) {
      typed(items, path.child("items"), "must not be empty for specified array items", problems);
      node(items, path.child("items"), problems);
    }
    Logical.check(schema, path, problems);
  }

  private static void typed(JsonNode schema, Path path, String why, Problems problems) {
    boolean free =
        schema.path("x-kubernetes-int-or-string").asBoolean(false)
            || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    if (schema.path("type").asString("").isEmpty() && !free) {
      problems.required(path.child("type"), why);
    }
  }

  /** What holds for every schema, logical ones too. */
  static void common(JsonNode schema, Path path, Problems problems) {
    UNSUPPORTED.forEach((name, why) -> {
      if (schema.has(name) && !(BY_LENGTH.contains(name) && empty(schema.path(name)))) {
        problems.forbidden(path.child(name), why);
      }
    });
    String type = schema.path("type").asString("");
    if (type.equals("null")) {
      problems.forbidden(
          path.child("type"), "type cannot be set to null, use nullable as an alternative");
    } else if (!type.isEmpty() && !TYPES.contains(type)) {
      problems.notSupported(path.child("type"), schema.path("type"), TYPES);
    }
    if (schema.path("uniqueItems").asBoolean(false)) {
      problems.forbidden(
          path.child("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    if (schema.path("items").isArray()) {
      problems.forbidden(path.child("items"), "items must be a schema object and not an array");
    }
    if (type.equals("array") && schema.path("items").isMissingNode()) {
      problems.required(path.child("items"), "must be specified");
    }
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isBoolean() && !additional.booleanValue()) {
      problems.forbidden(
          path.child("additionalProperties"), "additionalProperties cannot be set to false");
    }
    if (!schema.path("properties").isEmpty() && !additional.isMissingNode()) {
      problems.forbidden(
          path.child("additionalProperties"),
          "additionalProperties and properties are mutual exclusive");
    }
    pattern(schema.path("pattern").asString(""), path, problems);
  }

  private static void pattern(String pattern, Path path, Problems problems) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      problems.invalid(
          path.child("pattern"),
          pattern,
          "must be a valid regular expression, but isn't: " + e.getMessage());
    }
  }
}

package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the schemas within {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not}: they
 * restrict values, but neither add fields nor say what is to be done with them.
 */
final class Logical {

  private static final List<String> FORBIDDEN =
      List.of(
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-list-type",
          "x-kubernetes-map-type",
          "x-kubernetes-validations");
  private static final List<String> EMPTY = List.of("title", "description");
  private static final List<String> UNDEFINED = List.of("default", "additionalProperties");

  private Logical() {}

  static void check(JsonNode schema, Path path, Problems problems) {
    nested(schema, schema, path, problems);
  }

  private static void nested(
      JsonNode schema, @Nullable JsonNode outer, Path path, Problems problems) {
    for (String name : List.of("allOf", "anyOf", "oneOf")) {
      JsonNode list = schema.path(name);
      boolean numberOrText = name.equals("anyOf") && intOrString(schema);
      boolean inAll =
          name.equals("allOf") && schema.path("x-kubernetes-int-or-string").asBoolean(false);
      for (int i = 0; i < list.size() && !numberOrText; i++) {
        boolean allowed = inAll && i == 0 && types(list.get(i).path("anyOf"));
        if (!allowed) {
          inside(list.get(i), outer, path.child(name).at(i), problems);
        }
      }
    }
    if (schema.path("not").isObject()) {
      inside(schema.path("not"), outer, path.child("not"), problems);
    }
  }

  /** The one use of types in a combination that is allowed. */
  private static boolean intOrString(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean(false)
        && types(schema.path("anyOf"));
  }

  private static boolean types(JsonNode any) {
    return any.size() == 2
        && any.path(0).path("type").asString("").equals("integer")
        && any.path(1).path("type").asString("").equals("string")
        && any.path(0).size() == 1
        && any.path(1).size() == 1;
  }

  private static void inside(
      JsonNode schema, @Nullable JsonNode outer, Path path, Problems problems) {
    StructuralCheck.common(schema, path, problems);
    for (String name : FORBIDDEN) {
      if (schema.has(name)) {
        problems.forbidden(path.child(name), "must be undefined to be structural");
      }
    }
    for (String name : EMPTY) {
      if (schema.has(name)) {
        problems.forbidden(path.child(name), "must be empty to be structural");
      }
    }
    for (String name : UNDEFINED) {
      if (schema.has(name)) {
        problems.forbidden(path.child(name), "must be undefined to be structural");
      }
    }
    if (!schema.path("type").asString("").isEmpty()) {
      problems.forbidden(path.child("type"), "must be empty to be structural");
    }
    if (schema.path("nullable").asBoolean(false)) {
      problems.forbidden(path.child("nullable"), "must be false to be structural");
    }
    below(schema, outer, path, problems);
    nested(schema, outer, path, problems);
  }

  /** Every field that is restricted must be a field of the structure. */
  private static void below(
      JsonNode schema, @Nullable JsonNode outer, Path path, Problems problems) {
    schema
        .path("properties")
        .forEachEntry((name, restricted) -> {
          Path at = path.child("properties").key(name);
          JsonNode own = outer == null ? null : member(outer, name);
          if (own == null) {
            problems.required(at, "must be specified in the structural schema too");
          }
          inside(restricted, own, at, problems);
        });
    JsonNode items = schema.path("items");
    if (items.isObject()) {
      JsonNode own = outer == null ? null : outer.get("items");
      if (own == null) {
        problems.required(path.child("items"), "must be specified in the structural schema too");
      }
      inside(items, own, path.child("items"), problems);
    }
  }

  private static @Nullable JsonNode member(JsonNode outer, String name) {
    JsonNode own = outer.path("properties").get(name);
    JsonNode additional = outer.get("additionalProperties");
    return own != null ? own : additional != null && additional.isObject() ? additional : null;
  }
}

package dev.argosy.server.custom.schema;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks Kubernetes' own words in a schema. */
final class Extensions {

  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String LIST_KEYS = "x-kubernetes-list-map-keys";
  private static final String MAP_TYPE = "x-kubernetes-map-type";
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";

  private Extensions() {}

  static void check(JsonNode schema, Path path, Problems problems) {
    String type = schema.path("type").asString("");
    if (schema.has(PRESERVE) && !schema.path(PRESERVE).asBoolean(true)) {
      problems.invalid(path.child(PRESERVE), schema.get(PRESERVE), "must be true or undefined");
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean(false) && !type.isEmpty()) {
      problems.invalid(
          path.child("type"), type, "must be empty if x-kubernetes-int-or-string is true");
    }
    if (schema.path(EMBEDDED).asBoolean(false)) {
      embedded(schema, type, path, problems);
    }
    mapType(schema, type, path, problems);
    listType(schema, type, path, problems);
  }

  private static void embedded(JsonNode schema, String type, Path path, Problems problems) {
    if (!type.equals("object")) {
      problems.invalid(
          path.child("type"), type, "must be object if x-kubernetes-embedded-resource is true");
    }
    if (schema.path("properties").isEmpty() && !schema.path(PRESERVE).asBoolean(false)) {
      problems.required(
          path.child("properties"),
          "must not be empty if x-kubernetes-embedded-resource is true without"
              + " x-kubernetes-preserve-unknown-fields");
    }
  }

  private static void mapType(JsonNode schema, String type, Path path, Problems problems) {
    JsonNode mapType = schema.path(MAP_TYPE);
    if (mapType.isMissingNode()) {
      return;
    }
    if (!type.equals("object")) {
      problems.invalid(
          path.child("type"), type, "must be object if x-kubernetes-map-type is specified");
    }
    List<String> supported = List.of("atomic", "granular");
    if (!supported.contains(mapType.asString(""))) {
      problems.notSupported(path.child(MAP_TYPE), mapType, supported);
    }
  }

  private static void listType(JsonNode schema, String type, Path path, Problems problems) {
    JsonNode listType = schema.path(LIST_TYPE);
    JsonNode keys = schema.path(LIST_KEYS);
    String kind = listType.asString("");
    if (!listType.isMissingNode()) {
      if (!type.equals("array")) {
        problems.invalid(
            path.child("type"), type, "must be array if x-kubernetes-list-type is specified");
      }
      List<String> supported = List.of("atomic", "set", "map");
      if (!supported.contains(kind)) {
        problems.notSupported(path.child(LIST_TYPE), listType, supported);
      }
    }
    if (!keys.isEmpty() && !kind.equals("map")) {
      problems.invalid(
          path.child(LIST_TYPE), kind, "must be map if x-kubernetes-list-map-keys is non-empty");
    }
    switch (kind) {
      case "map" -> map(schema, keys, path, problems);
      case "set" -> set(schema.path("items"), path.child("items"), problems);
      default -> {}
    }
  }

  private static void set(JsonNode items, Path path, Problems problems) {
    if (items.path("nullable").asBoolean(false)) {
      problems.forbidden(
          path.child("nullable"), "cannot be nullable when x-kubernetes-list-type is set");
    }
    String why = "must be atomic as item of a list with x-kubernetes-list-type=set";
    switch (items.path("type").asString("")) {
      case "object" -> atomic(items, MAP_TYPE, path, why, problems);
      case "array" -> {
        if (items.has(LIST_TYPE)) {
          atomic(items, LIST_TYPE, path, why, problems);
        }
      }
      default -> {}
    }
  }

  private static void atomic(
      JsonNode items, String mark, Path path, String why, Problems problems) {
    String kind = items.path(mark).asString("");
    if (!kind.equals("atomic")) {
      problems.invalid(path.child(mark), kind, why);
    }
  }

  private static void map(JsonNode schema, JsonNode keys, Path path, Problems problems) {
    if (keys.isEmpty()) {
      problems.required(
          path.child(LIST_KEYS), "must not be empty if x-kubernetes-list-type is map");
    }
    JsonNode items = schema.path("items");
    Path below = path.child("items");
    if (!items.isObject()) {
      problems.required(below, "must have a schema if x-kubernetes-list-type is map");
      return;
    }
    if (items.path("nullable").asBoolean(false)) {
      problems.forbidden(
          below.child("nullable"), "cannot be nullable when x-kubernetes-list-type is map");
    }
    String type = items.path("type").asString("");
    if (!type.equals("object")) {
      problems.invalid(
          below.child("type"),
          type,
          "must be object if parent array's x-kubernetes-list-type is map");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i).asString("");
      if (!seen.add(key)) {
        problems.duplicate(path.child(LIST_KEYS).at(i), keys.get(i));
      }
      key(items, key, path, i, problems);
    }
  }

  private static void key(JsonNode items, String key, Path path, int i, Problems problems) {
    JsonNode property = items.path("properties").path(key);
    if (property.isMissingNode()) {
      problems.invalid(
          path.child(LIST_KEYS).at(i), key, "entries must all be names of item properties");
      return;
    }
    Path at = path.child("items").child("properties").key(key);
    String type = property.path("type").asString("");
    if (List.of("object", "array").contains(type)) {
      problems.invalid(
          at.child("type"),
          type,
          "must be a scalar type if parent array's x-kubernetes-list-type is map");
    }
    boolean required =
        items.path("required").valueStream().anyMatch(name -> name.asString("").equals(key));
    if (!required && !property.has("default")) {
      problems.required(
          at.child("default"),
          "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
              + " required property");
    }
  }
}

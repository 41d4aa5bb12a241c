package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The versions of a custom resource, without their schemas. As in Kubernetes, what all versions
 * have in common is reported as if it stood in the spec itself.
 */
final class DefinitionVersionRules {

  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");
  private static final int MAX_WARNING = 256;

  private DefinitionVersionRules() {}

  static void validate(JsonNode spec, Path path, Checks checks) {
    JsonNode versions = spec.path("versions");
    Path all = path.child("versions");
    Set<String> names = new HashSet<>();
    int storage = 0;
    for (int i = 0; i < versions.size(); i++) {
      JsonNode version = versions.get(i);
      String name = version.path("name").asString("");
      names.add(name);
      storage += version.path("storage").asBoolean(false) ? 1 : 0;
      List<String> wrong = NameRules.dns1035Label(name);
      if (!wrong.isEmpty()) {
        checks.invalid(all.at(i).child("name"), name, String.join(",", wrong));
      }
      warning(version, all.at(i).child("deprecationWarning"), checks);
      if (version.path("schema").path("openAPIV3Schema").isMissingNode()) {
        checks.required(all.at(i).child("schema", "openAPIV3Schema"), "schemas are required");
      }
    }
    if (names.size() != versions.size()) {
      checks.invalid(all, versions, "must contain unique version names");
    }
    if (storage != 1) {
      checks.invalid(all, versions, "must have exactly one version marked as storage version");
    }
    boolean shared = same(versions, "additionalPrinterColumns");
    for (int i = 0; i < (shared ? Math.min(1, versions.size()) : versions.size()); i++) {
      Path at = shared ? path : all.at(i);
      columns(
          versions.get(i).path("additionalPrinterColumns"),
          at.child("additionalPrinterColumns"),
          checks);
    }
    shared = same(versions, "subresources");
    for (int i = 0; i < (shared ? Math.min(1, versions.size()) : versions.size()); i++) {
      Path at = shared ? path : all.at(i);
      scale(
          versions.get(i).path("subresources").path("scale"),
          at.child("subresources", "scale"),
          checks);
    }
  }

  private static boolean same(JsonNode versions, String field) {
    for (JsonNode version : versions) {
      if (!version.path(field).equals(versions.path(0).path(field))) {
        return false;
      }
    }
    return true;
  }

  private static void warning(JsonNode version, Path path, Checks checks) {
    JsonNode warning = version.path("deprecationWarning");
    if (warning.isMissingNode()) {
      return;
    }
    String text = warning.asString("");
    if (!version.path("deprecated").asBoolean(false)) {
      checks.invalid(path, text, "can only be set for deprecated versions");
    }
    if (text.isEmpty()) {
      checks.invalid(path, text, "must not be empty string");
    } else if (text.getBytes(StandardCharsets.UTF_8).length > MAX_WARNING) {
      checks.invalid(path, text, "must be <= " + MAX_WARNING + " characters long");
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        checks.invalid(
            path,
            text,
            "must only contain printable UTF-8 characters; non-printable character found at index "
                + i);
        return;
      }
    }
  }

  private static void columns(JsonNode columns, Path path, Checks checks) {
    for (int i = 0; i < columns.size(); i++) {
      JsonNode column = columns.get(i);
      Path at = path.at(i);
      if (column.path("name").asString("").isEmpty()) {
        checks.required(at.child("name"), "");
      }
      String type = column.path("type").asString("");
      String types = "must be one of " + String.join(",", COLUMN_TYPES);
      if (type.isEmpty()) {
        checks.required(at.child("type"), types);
      } else if (!COLUMN_TYPES.contains(type)) {
        checks.invalid(at.child("type"), type, types);
      }
      String format = column.path("format").asString("");
      if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
        checks.invalid(
            at.child("format"), format, "must be one of " + String.join(",", COLUMN_FORMATS));
      }
      String cell = column.path("jsonPath").asString("");
      if (cell.isEmpty()) {
        checks.required(at.child("JSONPath"), "");
      } else {
        simple(cell, at.child("JSONPath"), checks);
      }
    }
  }

  private static void scale(JsonNode scale, Path path, Checks checks) {
    if (scale.isMissingNode()) {
      return;
    }
    below(scale.path("specReplicasPath"), ".spec", path.child("specReplicasPath"), checks);
    below(scale.path("statusReplicasPath"), ".status", path.child("statusReplicasPath"), checks);
    JsonNode selector = scale.path("labelSelectorPath");
    String text = selector.asString("");
    Path at = path.child("labelSelectorPath");
    if (!text.isEmpty()
        && simple(text, at, checks)
        && !text.startsWith(".spec.")
        && !text.startsWith(".status.")) {
      checks.invalid(at, text, "should be a json path under either .status or .spec");
    }
  }

  private static void below(JsonNode where, String root, Path path, Checks checks) {
    String text = where.asString("");
    if (text.isEmpty()) {
      checks.required(path, "");
    } else if (simple(text, path, checks) && !text.startsWith(root + ".")) {
      checks.invalid(path, text, "should be a json path under " + root);
    }
  }

  private static boolean simple(String text, Path path, Checks checks) {
    if (text.startsWith(".")) {
      return true;
    }
    checks.invalid(path, text, "must be a simple json path starting with .");
    return false;
  }
}

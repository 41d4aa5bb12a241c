package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Environment variables of a container. */
final class EnvRules {

  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final List<String> FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  private EnvRules() {}

  static void env(JsonNode env, Path path, Checks checks) {
    for (int i = 0; i < env.size(); i++) {
      JsonNode variable = env.get(i);
      Path at = path.at(i);
      String name = variable.path("name").asString("");
      if (name.isEmpty()) {
        checks.required(at.child("name"), "");
      } else if (!printable(name)) {
        checks.invalid(
            at.child("name"),
            name,
            "a valid environment variable name must consist only of printable ASCII characters"
                + " other than '='");
      }
      JsonNode from = variable.path("valueFrom");
      if (!from.isMissingNode()) {
        source(from, !variable.path("value").asString("").isEmpty(), at.child("valueFrom"), checks);
      }
    }
  }

  private static boolean printable(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || c > '~' || c == '=') {
        return false;
      }
    }
    return true;
  }

  private static void source(JsonNode from, boolean hasValue, Path path, Checks checks) {
    int count = 0;
    for (String source : SOURCES) {
      count += from.path(source).isMissingNode() ? 0 : 1;
    }
    fieldRef(from.path("fieldRef"), path.child("fieldRef"), checks);
    for (String key : List.of("configMapKeyRef", "secretKeyRef")) {
      JsonNode reference = from.path(key);
      if (!reference.isMissingNode() && reference.path("key").asString("").isEmpty()) {
        checks.required(path.child(key, "key"), "");
      }
    }
    JsonNode resource = from.path("resourceFieldRef");
    if (!resource.isMissingNode() && resource.path("resource").asString("").isEmpty()) {
      checks.required(path.child("resourceFieldRef", "resource"), "");
    }
    if (count == 0) {
      checks.invalid(
          path,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef`"
              + " or `fileKeyRef`");
    } else if (hasValue) {
      checks.invalid(path, "", "may not be specified when `value` is not empty");
    } else if (count > 1) {
      checks.invalid(path, "", "may not have more than one field specified at a time");
    }
  }

  static void fieldRef(JsonNode reference, Path path, Checks checks) {
    if (reference.isMissingNode()) {
      return;
    }
    String field = reference.path("fieldPath").asString("");
    if (field.isEmpty()) {
      checks.required(path.child("fieldPath"), "");
    } else if (!FIELDS.contains(field) && !subscripted(field)) {
      checks.notSupported(path.child("fieldPath"), field, FIELDS);
    }
  }

  private static boolean subscripted(String field) {
    boolean map =
        field.startsWith("metadata.labels['") || field.startsWith("metadata.annotations['");
    return map && field.endsWith("']");
  }

  static void envFrom(JsonNode envFrom, Path path, Checks checks) {
    for (int i = 0; i < envFrom.size(); i++) {
      JsonNode source = envFrom.get(i);
      Path at = path.at(i);
      boolean configMap = source.has("configMapRef");
      boolean secret = source.has("secretRef");
      if (configMap == secret) {
        checks.invalid(
            at,
            "",
            configMap
                ? "may not have more than one field specified at a time"
                : "must specify one of: `configMapRef` or `secretRef`");
        continue;
      }
      String which = configMap ? "configMapRef" : "secretRef";
      if (source.path(which).path("name").asString("").isEmpty()) {
        checks.required(at.child(which, "name"), "");
      }
    }
  }
}

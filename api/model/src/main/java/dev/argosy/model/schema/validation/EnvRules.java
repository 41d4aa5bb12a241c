package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Environment variables of a container. */
final class EnvRules {

  /** What names of variables must be. */
  static final String NAMES =
      "a valid environment variable name must consist only of printable ASCII characters other than"
          + " '='";

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

  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final List<String> CPU_DIVISORS = List.of("1m", "1");
  private static final List<String> BYTE_DIVISORS =
      List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private EnvRules() {}

  static void env(JsonNode env, Path path, Checks checks) {
    for (int i = 0; i < env.size(); i++) {
      JsonNode variable = env.get(i);
      Path at = path.at(i);
      String name = variable.path("name").asString("");
      if (name.isEmpty()) {
        checks.required(at.child("name"), "");
      } else if (!printable(name)) {
        checks.invalid(at.child("name"), name, NAMES);
      }
      JsonNode from = variable.path("valueFrom");
      if (!from.isMissingNode()) {
        source(from, !variable.path("value").asString("").isEmpty(), at.child("valueFrom"), checks);
      }
    }
  }

  static boolean printable(String name) {
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
      if (!reference.isMissingNode()) {
        keyOf(reference, path.child(key), checks);
      }
    }
    resourceFieldRef(from.path("resourceFieldRef"), path.child("resourceFieldRef"), checks);
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

  private static void keyOf(JsonNode reference, Path path, Checks checks) {
    String key = reference.path("key").asString("");
    if (key.isEmpty()) {
      checks.required(path.child("key"), "");
    } else {
      checks.invalidAll(path.child("key"), key, NameRules.configMapKey(key));
    }
    String name = reference.path("name").asString("");
    checks.invalidAll(path.child("name"), name, NameRules.dnsSubdomain(name));
  }

  /** The amount of a resource that a container gets, in units of the divisor. */
  static void resourceFieldRef(JsonNode reference, Path path, Checks checks) {
    if (reference.isMissingNode()) {
      return;
    }
    String resource = reference.path("resource").asString("");
    String divisor = reference.path("divisor").asString("0");
    if (resource.isEmpty()) {
      checks.required(path.child("resource"), "");
      return;
    }
    boolean huge =
        resource.startsWith("requests.hugepages-") || resource.startsWith("limits.hugepages-");
    if (!RESOURCES.contains(resource) && !huge) {
      checks.notSupported(path.child("resource"), resource, RESOURCES);
      return;
    }
    List<String> divisors = resource.endsWith(".cpu") ? CPU_DIVISORS : BYTE_DIVISORS;
    if (!divisor.equals("0") && !divisors.contains(divisor)) {
      checks.invalid(
          path.child("divisor"),
          divisor,
          resource.endsWith(".cpu")
              ? "only divisor's values 1m and 1 are supported with the cpu resource"
              : "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are"
                  + " supported with the "
                  + resource.substring(resource.indexOf('.') + 1)
                  + " resource");
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
      String name = source.path(which).path("name").asString("");
      if (name.isEmpty()) {
        checks.required(at.child(which, "name"), "");
      } else {
        checks.invalidAll(at.child(which, "name"), name, NameRules.dnsSubdomain(name));
      }
    }
  }
}

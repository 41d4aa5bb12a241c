package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Environment variables that come from a file of a volume; only what the pod itself wrote, so the
 * volume must be an {@code emptyDir}.
 *
 * @see <a href="https://kep.k8s.io/3721">KEP-3721</a>
 */
final class FileKeyRules {

  private static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");

  private FileKeyRules() {}

  /** Of all containers of a pod. */
  static void validate(JsonNode spec, Path path, Checks checks) {
    Map<String, JsonNode> volumes = new HashMap<>();
    spec.path("volumes").forEach(v -> volumes.put(v.path("name").asString(""), v));
    for (String kind : CONTAINERS) {
      JsonNode containers = spec.path(kind);
      for (int i = 0; i < containers.size(); i++) {
        JsonNode env = containers.get(i).path("env");
        for (int j = 0; j < env.size(); j++) {
          JsonNode reference = env.get(j).path("valueFrom").path("fileKeyRef");
          if (!reference.isMissingNode()) {
            Path at = path.child(kind).at(i).child("env").at(j).child("valueFrom");
            reference(reference, volumes, at.child("fileKeyRef"), checks);
          }
        }
      }
    }
  }

  private static void reference(
      JsonNode reference, Map<String, JsonNode> volumes, Path path, Checks checks) {
    String key = reference.path("key").asString("");
    if (key.isEmpty()) {
      checks.required(path.child("key"), "");
    } else if (!EnvRules.printable(key)) {
      checks.invalid(path.child("key"), key, EnvRules.NAMES);
    }
    String file = reference.path("path").asString("");
    if (file.isEmpty()) {
      checks.required(path.child("path"), "");
    } else {
      VolumeSourceRules.noBackSteps(file, path.child("path"), checks);
    }
    volume(reference.path("volumeName").asString(""), volumes, path.child("volumeName"), checks);
  }

  private static void volume(String name, Map<String, JsonNode> volumes, Path at, Checks checks) {
    if (name.isEmpty()) {
      checks.required(at, "");
      return;
    }
    checks.invalidAll(at, name, NameRules.dnsLabel(name));
    JsonNode volume = volumes.get(name);
    if (volume == null) {
      checks.notFound(at, name);
    } else if (!volume.path("emptyDir").isObject()) {
      checks.invalid(at, name, "referenced volume must be of type emptyDir");
    }
  }
}

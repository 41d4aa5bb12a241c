package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Containers that join a running pod for a while. They may be added, never changed. */
final class EphemeralRules {

  private static final List<String> FORBIDDEN =
      List.of(
          "ports",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules");
  private static final String WRONG = "cannot be set for an Ephemeral Container";

  private EphemeralRules() {}

  /** Those of a pod that has some. */
  static void validate(JsonNode spec, ContainerRules.Context context, Path pod, Checks checks) {
    JsonNode ephemeral = spec.path("ephemeralContainers");
    Set<String> others = new HashSet<>(context.names());
    for (int i = 0; i < ephemeral.size(); i++) {
      JsonNode container = ephemeral.get(i);
      Path at = pod.child("ephemeralContainers").at(i);
      ContainerRules.validate(container, at, false, context, checks);
      String target = container.path("targetContainerName").asString("");
      if (!target.isEmpty() && !others.contains(target)) {
        checks.notFound(at.child("targetContainerName"), target);
      }
      plain(container, at, checks);
    }
  }

  private static void plain(JsonNode container, Path path, Checks checks) {
    for (String field : FORBIDDEN) {
      if (container.has(field)) {
        checks.forbidden(path.child(field), WRONG);
      }
    }
    if (!container.path("resources").isEmpty()) {
      checks.forbidden(path.child("resources"), WRONG);
    }
    JsonNode mounts = container.path("volumeMounts");
    for (int i = 0; i < mounts.size(); i++) {
      for (String field : List.of("subPath", "subPathExpr")) {
        if (!mounts.get(i).path(field).asString("").isEmpty()) {
          checks.forbidden(path.child("volumeMounts").at(i).child(field), WRONG);
        }
      }
    }
  }

  /** What was there must still be there as it was. */
  static void kept(JsonNode after, JsonNode before, Path path, Checks checks) {
    Map<String, JsonNode> now = new HashMap<>();
    after.forEach(container -> now.put(container.path("name").asString(""), container));
    for (JsonNode old : before) {
      String name = old.path("name").asString("");
      JsonNode same = now.get(name);
      if (same == null) {
        checks.forbidden(path, "existing ephemeral containers \"" + name + "\" may not be removed");
      } else if (!same.equals(old)) {
        checks.forbidden(path, "existing ephemeral containers \"" + name + "\" may not be changed");
      }
    }
  }
}

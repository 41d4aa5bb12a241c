package dev.argosy.model.schema.validation;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A change of what running containers get.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/">
 *     Resize CPU and Memory Resources assigned to Containers</a>
 */
final class ResizeRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> CONTAINERS = List.of("containers", "initContainers");
  private static final Set<String> RESIZABLE = Set.of("cpu", "memory");

  private ResizeRules() {}

  static void validate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode after = object.path("spec");
    JsonNode before = old.path("spec");
    if (before.path("os").path("name").asString("").equals("windows")) {
      checks.forbidden(Path.ROOT, "windows pods cannot be resized");
      return;
    }
    if (old.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
      checks.forbidden(Path.ROOT, "static pods cannot be resized");
      return;
    }
    if (!fixed(after).equals(fixed(before))) {
      checks.forbidden(SPEC, "only cpu and memory resources are mutable");
    }
    for (String list : CONTAINERS) {
      kept(after.path(list), before.path(list), SPEC.child(list), checks);
    }
    String now = QosClass.of(after);
    if (!now.equals(QosClass.of(before))) {
      checks.invalid(SPEC, now, "Pod QOS Class may not change as a result of resizing");
    }
  }

  /** The spec without what may change: the cpu and memory of containers that keep running. */
  private static ObjectNode fixed(JsonNode spec) {
    ObjectNode copy = spec instanceof ObjectNode node ? node.deepCopy() : Json.object();
    for (String list : CONTAINERS) {
      for (JsonNode container : copy.path(list)) {
        boolean init = list.equals("initContainers");
        boolean stays = container.path("restartPolicy").asString("").equals("Always");
        if (container instanceof ObjectNode resized && (!init || stays)) {
          strip(resized);
        }
      }
    }
    return copy;
  }

  private static void strip(ObjectNode container) {
    if (!(container.path("resources") instanceof ObjectNode resources)) {
      return;
    }
    for (String amounts : List.of("requests", "limits")) {
      if (resources.path(amounts) instanceof ObjectNode some) {
        some.remove(RESIZABLE);
        if (some.isEmpty()) {
          resources.remove(amounts);
        }
      }
    }
    if (resources.isEmpty()) {
      container.remove("resources");
    }
  }

  private static void kept(JsonNode after, JsonNode before, Path path, Checks checks) {
    for (int i = 0; i < before.size() && i < after.size(); i++) {
      JsonNode then = before.get(i).path("resources");
      JsonNode now = after.get(i).path("resources");
      for (String amounts : List.of("requests", "limits")) {
        for (String name : then.path(amounts).propertyNames()) {
          if (RESIZABLE.contains(name) && !now.path(amounts).has(name)) {
            checks.forbidden(
                path.at(i).child("resources", amounts),
                "resource " + amounts + " cannot be removed");
          }
        }
      }
    }
  }
}

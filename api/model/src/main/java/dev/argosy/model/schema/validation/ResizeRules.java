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
  private static final String POD_LEVEL =
      "resize of pods with pod-level resources is forbidden when"
          + " InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled";

  private ResizeRules() {}

  static void validate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode after = object.path("spec");
    JsonNode before = old.path("spec");
    if (old.path("metadata").path("annotations").has("kubernetes.io/config.mirror")) {
      checks.forbidden(Path.ROOT, "static pods cannot be resized");
      return;
    }
    if (before.path("os").path("name").asString("").equals("windows")) {
      checks.forbidden(Path.ROOT, "windows pods cannot be resized");
      return;
    }
    quality(object, old, checks);
    if (!supported(old.path("status").path("containerStatuses"))) {
      checks.forbidden(SPEC, "Pod running on node without support for resize");
    }
    if (!after.path("resources").isEmpty() || !before.path("resources").isEmpty()) {
      checks.forbidden(Path.ROOT, POD_LEVEL);
      return;
    }
    if (inOrder(after, before, checks)) {
      changes(after, before, checks);
    }
  }

  private static void quality(ObjectNode object, ObjectNode old, Checks checks) {
    String then = old.path("status").path("qosClass").asString(QosClass.of(old.path("spec")));
    if (!QosClass.of(object.path("spec")).equals(then)) {
      checks.invalid(SPEC, then, "Pod QOS Class may not change as a result of resizing");
    }
  }

  /**
   * A node that can resize says what its containers have; of what does not run nothing is known.
   */
  private static boolean supported(JsonNode statuses) {
    for (JsonNode status : statuses) {
      if (status.path("state").has("running")) {
        return status.has("resources");
      }
    }
    return true;
  }

  /** Containers are told apart by their place. */
  private static boolean inOrder(JsonNode after, JsonNode before, Checks checks) {
    boolean same = true;
    for (String list : CONTAINERS) {
      JsonNode now = after.path(list);
      JsonNode then = before.path(list);
      if (now.size() != then.size()) {
        checks.forbidden(SPEC.child(list), list + " may not be added or removed on resize");
        same = false;
        continue;
      }
      for (int i = 0; i < then.size(); i++) {
        if (!now.get(i).path("name").equals(then.get(i).path("name"))) {
          checks.forbidden(
              SPEC.child(list).at(i).child("name"),
              list + " may not be renamed or reordered on resize");
          same = false;
        }
      }
    }
    return same;
  }

  private static void changes(JsonNode after, JsonNode before, Checks checks) {
    for (String list : CONTAINERS) {
      kept(list, after.path(list), before.path(list), checks);
    }
    boolean clean = checks.clean();
    for (String list : CONTAINERS) {
      for (int i = 0; i < before.path(list).size(); i++) {
        JsonNode now = after.path(list).get(i);
        JsonNode then = before.path(list).get(i);
        if (!fixed(list, now).equals(fixed(list, then))) {
          checks.forbidden(SPEC, wrong(list, then));
          clean = false;
        }
      }
    }
    if (clean && !rest(after).equals(rest(before))) {
      checks.forbidden(SPEC, "only cpu and memory resources are mutable");
    }
  }

  private static String wrong(String list, JsonNode container) {
    if (list.equals("containers")) {
      return "only cpu and memory resources are mutable";
    }
    return stays(container)
        ? "only cpu and memory resources for sidecar containers are mutable"
        : "resources for non-sidecar init containers are immutable";
  }

  private static boolean stays(JsonNode container) {
    return container.path("restartPolicy").asString("").equals("Always");
  }

  /** A container without what may change of it: cpu and memory, as long as it keeps running. */
  private static JsonNode fixed(String list, JsonNode container) {
    if (container instanceof ObjectNode && (list.equals("containers") || stays(container))) {
      ObjectNode copy = (ObjectNode) container.deepCopy();
      strip(copy);
      return copy;
    }
    return container;
  }

  /** The spec but for its containers. */
  private static ObjectNode rest(JsonNode spec) {
    ObjectNode copy = spec instanceof ObjectNode node ? node.deepCopy() : Json.object();
    copy.remove(CONTAINERS);
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

  private static void kept(String list, JsonNode after, JsonNode before, Checks checks) {
    Path path = SPEC.child(list);
    for (int i = 0; i < before.size(); i++) {
      if (list.equals("initContainers") && !stays(before.get(i))) {
        continue;
      }
      JsonNode then = before.get(i).path("resources");
      JsonNode now = after.get(i).path("resources");
      for (String amounts : List.of("requests", "limits")) {
        if (!then.path(amounts).propertyNames().stream().allMatch(now.path(amounts)::has)) {
          checks.forbidden(
              path.at(i).child("resources", amounts), "resource " + amounts + " cannot be removed");
        }
      }
    }
  }
}

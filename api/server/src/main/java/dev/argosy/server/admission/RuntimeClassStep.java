package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that names a runtime class gets that class's overhead, and runs where the class is.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/runtime-class/">Runtime class</a>
 */
final class RuntimeClassStep implements AdmissionStep {

  private static final GroupResource CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");

  private final ClusterObjects objects;

  RuntimeClassStep(ClusterObjects objects) {
    this.objects = objects;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode spec = newPod(request);
    if (spec == null || name(spec).isEmpty()) {
      return;
    }
    ObjectNode found = runtimeClass(request, name(spec));
    JsonNode overhead = found.path("overhead").path("podFixed");
    if (!overhead.isEmpty() && !spec.has("overhead")) {
      spec.set("overhead", overhead);
    }
    place(request, spec, found.path("scheduling"));
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode spec = newPod(request);
    if (spec == null || (name(spec).isEmpty() && spec.path("overhead").isEmpty())) {
      return;
    }
    JsonNode overhead =
        name(spec).isEmpty()
            ? spec.path("none")
            : runtimeClass(request, name(spec)).path("overhead").path("podFixed");
    if (overhead.isEmpty() && !spec.path("overhead").isEmpty()) {
      throw Refusal.of(
          request,
          "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
    if (!Amounts.of(overhead).equals(Amounts.of(spec.path("overhead")))) {
      throw Refusal.of(
          request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
  }

  private static @Nullable ObjectNode newPod(AdmissionRequest request) {
    ObjectNode pod = request.object();
    return request.operation() == Operation.CREATE
            && pod != null
            && request.concerns("", "pods")
            && pod.get("spec") instanceof ObjectNode spec
        ? spec
        : null;
  }

  private static String name(JsonNode spec) {
    return spec.path("runtimeClassName").asString("");
  }

  private ObjectNode runtimeClass(AdmissionRequest request, String name) {
    Optional<ApiObject> found =
        objects.find(new ObjectKey(CLASSES, request.target().cluster(), "", name));
    return found
        .map(ApiObject::tree)
        .orElseThrow(
            () -> Refusal.of(request, "pod rejected: RuntimeClass \"" + name + "\" not found"));
  }

  private static void place(AdmissionRequest request, ObjectNode spec, JsonNode scheduling) {
    JsonNode selector = scheduling.path("nodeSelector");
    if (!selector.isEmpty()) {
      ObjectNode own =
          spec.get("nodeSelector") instanceof ObjectNode o ? o : spec.putObject("nodeSelector");
      selector
          .properties()
          .forEach(entry -> select(request, own, entry.getKey(), entry.getValue().asString("")));
    }
    for (JsonNode toleration : scheduling.path("tolerations")) {
      ArrayNode own =
          spec.get("tolerations") instanceof ArrayNode o ? o : spec.putArray("tolerations");
      boolean there = own.valueStream().anyMatch(toleration::equals);
      if (!there) {
        own.add(toleration);
      }
    }
  }

  private static void select(
      AdmissionRequest request, ObjectNode selector, String label, String value) {
    String own = selector.path(label).asString(value);
    if (!own.equals(value)) {
      throw Refusal.of(
          request,
          "conflict: runtimeClass.scheduling.nodeSelector["
              + label
              + "] = "
              + value
              + "; pod.spec.nodeSelector["
              + label
              + "] = "
              + own);
    }
    selector.put(label, value);
  }
}

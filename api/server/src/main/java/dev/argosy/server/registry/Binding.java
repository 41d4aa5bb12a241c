package dev.argosy.server.registry;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.status.Status;
import java.time.Clock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives a pod its node; once. */
final class Binding {

  private Binding() {}

  /** Refuses a body that is not about the pod of the path, or names no node. */
  static void check(Write write, ObjectNode binding) {
    Metadata metadata = Metadata.of(binding);
    Creation.requirePlace(write, metadata);
    if (!metadata.text("name").equals(write.name())) {
      throw Status.badRequest("name in URL does not match name in Binding object").asException();
    }
    String kind = binding.path("target").path("kind").asString("");
    if (!kind.isEmpty() && !kind.equals("Node")) {
      throw Status.badRequest(
              "target.kind: Unsupported value: \""
                  + kind
                  + "\": supported values: \"Node\", \"<empty>\"")
          .asException();
    }
  }

  /** The pod, bound as the body says. */
  static ObjectNode apply(Write write, ObjectNode pod, ObjectNode binding, Clock clock) {
    String node = binding.path("target").path("name").asString("");
    if (node.isEmpty()) {
      throw Status.badRequest("target.name: Required value").asException();
    }
    // Kubernetes takes any text, and the pod could never be written again
    for (String problem : NameRules.dnsSubdomain(node)) {
      throw Status.badRequest("target.name: Invalid value: \"" + node + "\": " + problem)
          .asException();
    }
    String present = pod.path("spec").path("nodeName").asString("");
    Metadata metadata = Metadata.of(pod);
    String uid = Metadata.of(binding).text("uid");
    if (!uid.isEmpty()) {
      metadata.set("uid", uid);
    }
    if (!present.isEmpty()) {
      throw refuse(
          write, "pod " + write.name() + " is already assigned to node \"" + present + "\"");
    }
    if (metadata.deleting()) {
      throw refuse(
          write, "pod " + write.name() + " is being deleted, cannot be assigned to a host");
    }
    if (!pod.path("spec").path("schedulingGates").isEmpty()) {
      throw refuse(write, "pod " + write.name() + " has non-empty .spec.schedulingGates");
    }
    ((ObjectNode) pod.get("spec")).put("nodeName", node);
    if (metadata.node().get("annotations") instanceof ObjectNode old) {
      old.remove(Unschedulable.ANNOTATION);
      if (old.isEmpty()) {
        metadata.node().remove("annotations");
      }
    }
    mergeAnnotations(metadata, binding.path("metadata").path("annotations"));
    setScheduled(pod, clock);
    return pod;
  }

  private static RuntimeException refuse(Write write, String why) {
    return Status.conflict(
            new dev.argosy.model.kind.GroupResource("", "pods/binding"), write.name(), why)
        .asException();
  }

  private static void mergeAnnotations(Metadata metadata, JsonNode annotations) {
    if (annotations.isEmpty()) {
      return;
    }
    ObjectNode own =
        metadata.node().get("annotations") instanceof ObjectNode found
            ? found
            : metadata.node().putObject("annotations");
    annotations.properties().forEach(e -> own.set(e.getKey(), e.getValue()));
  }

  private static void setScheduled(ObjectNode pod, Clock clock) {
    ObjectNode status =
        pod.get("status") instanceof ObjectNode found ? found : pod.putObject("status");
    ArrayNode conditions =
        status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).path("type").asString("").equals("PodScheduled")) {
        conditions.remove(i);
      }
    }
    conditions
        .addObject()
        .put("type", "PodScheduled")
        .put("status", "True")
        .put("lastTransitionTime", Metadata.timestamp(clock.instant()));
  }
}

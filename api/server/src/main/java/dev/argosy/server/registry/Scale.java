package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code autoscaling/v1 Scale} of a workload: how many there should be, and are. */
final class Scale {

  private static final List<String> META =
      List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");

  private Scale() {}

  /** The scale of a deployment, replica set… */
  static ObjectNode of(ObjectNode workload) {
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field : META) {
      JsonNode value = workload.path("metadata").get(field);
      if (value != null) {
        metadata.set(field, value);
      }
    }
    scale.putObject("spec").put("replicas", workload.path("spec").path("replicas").asInt(0));
    ObjectNode status = scale.putObject("status");
    status.put("replicas", workload.path("status").path("replicas").asInt(0));
    String selector = LabelSelector.ofObject(selector(workload)).toString();
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  /** Replication controllers have a plain map of labels. */
  private static JsonNode selector(ObjectNode workload) {
    JsonNode selector = workload.path("spec").path("selector");
    if (!workload.path("kind").asString("").equals("ReplicationController")) {
      return selector;
    }
    ObjectNode labels = Json.object();
    labels.set("matchLabels", selector.isObject() ? selector : Json.object());
    return labels;
  }

  /** What an applied scale says of the workload it is of. */
  static ObjectNode configuration(Write write, ObjectNode scale) {
    ObjectNode configuration = Json.object();
    configuration.put("apiVersion", write.kind().type().apiVersion());
    configuration.put("kind", write.kind().type().kind());
    Metadata said = Metadata.of(scale);
    Metadata metadata = Metadata.of(configuration);
    metadata.set("name", write.name());
    copyIfSaid(said, metadata, "uid");
    copyIfSaid(said, metadata, "resourceVersion");
    int wanted = replicas(write, scale);
    if (scale.path("spec").has("replicas")) {
      configuration.putObject("spec").put("replicas", wanted);
    }
    return configuration;
  }

  private static int replicas(Write write, ObjectNode scale) {
    BodyCheck.requireType(scale, "autoscaling/v1", "Scale");
    JsonNode replicas = scale.path("spec").path("replicas");
    if (!replicas.isMissingNode() && !replicas.isIntegralNumber()) {
      throw Status.badRequest("spec.replicas must be a whole number").asException();
    }
    int wanted = replicas.asInt(0);
    if (wanted < 0) {
      Cause cause =
          new Cause(
              "FieldValueInvalid",
              "Invalid value: " + wanted + ": must be greater than or equal to 0",
              "spec.replicas");
      throw Status.invalid("autoscaling", "Scale", write.name(), List.of(cause)).asException();
    }
    return wanted;
  }

  /** Puts a scale's wish into the workload it is of. */
  static ObjectNode apply(Write write, ObjectNode workload, ObjectNode scale) {
    int wanted = replicas(write, scale);
    Metadata said = Metadata.of(scale);
    Metadata metadata = Metadata.of(workload);
    copyIfSaid(said, metadata, "name");
    copyIfSaid(said, metadata, "uid");
    metadata.set("resourceVersion", said.text("resourceVersion"));
    ObjectNode spec =
        workload.get("spec") instanceof ObjectNode found ? found : workload.putObject("spec");
    spec.put("replicas", wanted);
    return workload;
  }

  private static void copyIfSaid(Metadata from, Metadata to, String field) {
    if (!from.text(field).isEmpty()) {
      to.set(field, from.text(field));
    }
  }
}

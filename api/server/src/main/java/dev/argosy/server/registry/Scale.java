package dev.argosy.server.registry;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindSchema.ScalePaths;
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

  /** The scale of an object of a kind that has one. */
  static ObjectNode of(KindSchema kind, ObjectNode workload) {
    ScalePaths paths = paths(kind);
    ObjectNode scale = Json.object();
    scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field : META) {
      JsonNode value = workload.path("metadata").get(field);
      if (value != null) {
        metadata.set(field, value);
      }
    }
    scale.putObject("spec").put("replicas", at(workload, paths.specReplicas()).asInt(0));
    ObjectNode status = scale.putObject("status");
    status.put("replicas", at(workload, paths.statusReplicas()).asInt(0));
    String selector = selector(kind, at(workload, paths.selector()));
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  private static ScalePaths paths(KindSchema kind) {
    return kind.scale().orElse(ScalePaths.OF_WORKLOADS);
  }

  private static JsonNode at(JsonNode object, List<String> members) {
    JsonNode node = object;
    for (String member : members) {
      node = node.path(member);
    }
    return members.isEmpty() ? node.path("") : node;
  }

  /** Replication controllers have a plain map of labels, custom resources a text. */
  private static String selector(KindSchema kind, JsonNode selector) {
    if (!selector.isObject()) {
      return selector.asString("");
    }
    if (!kind.type().kind().equals("ReplicationController")) {
      return LabelSelector.ofObject(selector).toString();
    }
    ObjectNode labels = Json.object();
    labels.set("matchLabels", selector);
    return LabelSelector.ofObject(labels).toString();
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
      put(configuration, paths(write.kind()).specReplicas(), wanted);
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
    put(workload, paths(write.kind()).specReplicas(), wanted);
    return workload;
  }

  private static void put(ObjectNode workload, List<String> members, int wanted) {
    ObjectNode node = workload;
    for (String member : members.subList(0, Math.max(0, members.size() - 1))) {
      node = node.get(member) instanceof ObjectNode found ? found : node.putObject(member);
    }
    if (!members.isEmpty()) {
      node.put(members.getLast(), wanted);
    }
  }

  private static void copyIfSaid(Metadata from, Metadata to, String field) {
    if (!from.text(field).isEmpty()) {
      to.set(field, from.text(field));
    }
  }
}

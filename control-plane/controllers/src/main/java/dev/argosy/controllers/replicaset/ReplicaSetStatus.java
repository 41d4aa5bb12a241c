package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.model.object.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a ReplicaSet. */
public record ReplicaSetStatus(
    int replicas,
    int fullyLabeled,
    int ready,
    int available,
    int terminating,
    long observedGeneration,
    List<Condition> conditions) {

  public ReplicaSetStatus {
    conditions = List.copyOf(conditions);
  }

  static ReplicaSetStatus of(JsonNode status) {
    return new ReplicaSetStatus(
        status.path("replicas").asInt(0),
        status.path("fullyLabeledReplicas").asInt(0),
        status.path("readyReplicas").asInt(0),
        status.path("availableReplicas").asInt(0),
        status.path("terminatingReplicas").asInt(0),
        status.path("observedGeneration").asLong(0),
        Condition.read(status));
  }

  ObjectNode toJson() {
    ObjectNode status = Json.object();
    status.put("replicas", replicas);
    putIfSome(status, "fullyLabeledReplicas", fullyLabeled);
    putIfSome(status, "readyReplicas", ready);
    putIfSome(status, "availableReplicas", available);
    putIfSome(status, "terminatingReplicas", terminating);
    status.put("observedGeneration", observedGeneration);
    if (!conditions.isEmpty()) {
      Condition.write(status.putArray("conditions"), conditions);
    }
    return status;
  }

  private static void putIfSome(ObjectNode node, String field, int count) {
    if (count > 0) {
      node.put(field, count);
    }
  }
}

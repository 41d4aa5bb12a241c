package dev.argosy.controllers.replicaset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.condition.StatusFields;
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

  /** {@code replicas} is the one count that is told even if it is zero. */
  ObjectNode toJson() {
    return new StatusFields(observedGeneration)
        .count("fullyLabeledReplicas", fullyLabeled)
        .count("readyReplicas", ready)
        .count("availableReplicas", available)
        .count("terminatingReplicas", terminating)
        .with(conditions)
        .put("replicas", replicas);
  }
}

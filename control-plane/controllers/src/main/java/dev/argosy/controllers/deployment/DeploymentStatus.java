package dev.argosy.controllers.deployment;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.condition.StatusFields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a Deployment. */
record DeploymentStatus(
    int replicas,
    int updated,
    int ready,
    int available,
    int unavailable,
    int terminating,
    long observedGeneration,
    int collisions,
    List<Condition> conditions) {

  DeploymentStatus {
    conditions = List.copyOf(conditions);
  }

  static DeploymentStatus of(JsonNode status) {
    return new DeploymentStatus(
        status.path("replicas").asInt(0),
        status.path("updatedReplicas").asInt(0),
        status.path("readyReplicas").asInt(0),
        status.path("availableReplicas").asInt(0),
        status.path("unavailableReplicas").asInt(0),
        status.path("terminatingReplicas").asInt(0),
        status.path("observedGeneration").asLong(0),
        status.path("collisionCount").asInt(0),
        Condition.read(status));
  }

  DeploymentStatus withConditions(List<Condition> all) {
    return new DeploymentStatus(
        replicas,
        updated,
        ready,
        available,
        unavailable,
        terminating,
        observedGeneration,
        collisions,
        all);
  }

  ObjectNode toJson() {
    return new StatusFields(observedGeneration)
        .count("replicas", replicas)
        .count("updatedReplicas", updated)
        .count("readyReplicas", ready)
        .count("availableReplicas", available)
        .count("unavailableReplicas", unavailable)
        .count("terminatingReplicas", terminating)
        .count("collisionCount", collisions)
        .with(conditions);
  }
}

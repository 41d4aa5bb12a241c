package dev.argosy.controllers.statefulset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.condition.StatusFields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a StatefulSet.
 *
 * @param currentRevision the name of the revision that all pods had when the last roll-out was done
 * @param updateRevision the name of the revision of the present template
 */
record SetStatus(
    Counts counts,
    String currentRevision,
    String updateRevision,
    int collisions,
    long observedGeneration,
    List<Condition> conditions) {

  /** Pods by what can be said of them. */
  record Counts(int replicas, int ready, int available, int current, int updated) {

    /** The same, when what is updated has become current. */
    Counts allCurrent() {
      return new Counts(replicas, ready, available, updated, updated);
    }
  }

  SetStatus {
    conditions = List.copyOf(conditions);
  }

  static SetStatus of(JsonNode status) {
    return new SetStatus(
        new Counts(
            status.path("replicas").asInt(0),
            status.path("readyReplicas").asInt(0),
            status.path("availableReplicas").asInt(0),
            status.path("currentReplicas").asInt(0),
            status.path("updatedReplicas").asInt(0)),
        status.path("currentRevision").asString(""),
        status.path("updateRevision").asString(""),
        status.path("collisionCount").asInt(0),
        status.path("observedGeneration").asLong(0),
        Condition.read(status));
  }

  /** Two counts are told even if they are zero. */
  ObjectNode toJson() {
    ObjectNode status =
        new StatusFields(observedGeneration)
            .count("readyReplicas", counts.ready())
            .count("currentReplicas", counts.current())
            .count("updatedReplicas", counts.updated())
            .with(conditions);
    status.put("currentRevision", currentRevision).put("updateRevision", updateRevision);
    status.put("collisionCount", collisions);
    status.put("replicas", counts.replicas());
    return status.put("availableReplicas", counts.available());
  }
}

package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.condition.StatusFields;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a DaemonSet. */
record DaemonStatus(
    Counts counts, int collisions, long observedGeneration, List<Condition> conditions) {

  /**
   * Nodes, by what can be said of them.
   *
   * @param misplaced have a pod and should not
   */
  record Counts(
      int desired,
      int current,
      int misplaced,
      int ready,
      int updated,
      int available,
      int unavailable) {}

  DaemonStatus {
    conditions = List.copyOf(conditions);
  }

  static DaemonStatus of(JsonNode status) {
    return new DaemonStatus(
        new Counts(
            status.path("desiredNumberScheduled").asInt(0),
            status.path("currentNumberScheduled").asInt(0),
            status.path("numberMisscheduled").asInt(0),
            status.path("numberReady").asInt(0),
            status.path("updatedNumberScheduled").asInt(0),
            status.path("numberAvailable").asInt(0),
            status.path("numberUnavailable").asInt(0)),
        status.path("collisionCount").asInt(0),
        status.path("observedGeneration").asLong(0),
        Condition.read(status));
  }

  /** Four counts are told even if they are zero. */
  ObjectNode toJson() {
    ObjectNode status =
        new StatusFields(observedGeneration)
            .count("updatedNumberScheduled", counts.updated())
            .count("numberAvailable", counts.available())
            .count("numberUnavailable", counts.unavailable())
            .count("collisionCount", collisions)
            .with(conditions);
    status.put("currentNumberScheduled", counts.current());
    status.put("numberMisscheduled", counts.misplaced());
    status.put("desiredNumberScheduled", counts.desired());
    return status.put("numberReady", counts.ready());
  }
}

package dev.argosy.server.flowcontrol;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The condition {@code Dangling} of flow schemas, in Kubernetes' words. */
final class SchemaStatus {

  private static final String TYPE = "Dangling";

  private final Clock clock;

  SchemaStatus(Clock clock) {
    this.clock = clock;
  }

  /** The name of the level that a schema refers to. */
  static String level(JsonNode schema) {
    return schema.path("spec").path("priorityLevelConfiguration").path("name").asString("");
  }

  /**
   * Says whether the level exists.
   *
   * @return whether anything had to be changed
   */
  boolean set(ObjectNode schema, boolean exists) {
    String value = exists ? "False" : "True";
    String message =
        "This FlowSchema references the PriorityLevelConfiguration object named \""
            + level(schema)
            + (exists ? "\" and it exists" : "\" but there is no such object");
    ArrayNode conditions = schema.withObject("status").withArray("conditions");
    ObjectNode condition = find(conditions);
    if (condition.path("status").asString("").equals(value)
        && condition.path("message").asString("").equals(message)) {
      return false;
    }
    if (!condition.path("status").asString("").equals(value)) {
      condition.put(
          "lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    condition
        .put("type", TYPE)
        .put("status", value)
        .put("reason", exists ? "Found" : "NotFound")
        .put("message", message);
    return true;
  }

  private static ObjectNode find(ArrayNode conditions) {
    for (JsonNode condition : conditions) {
      if (condition instanceof ObjectNode found && found.path("type").asString("").equals(TYPE)) {
        return found;
      }
    }
    return conditions.addObject();
  }
}

package dev.argosy.server.aggregate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The condition {@code Available}, as it should be.
 *
 * @param reason one of Kubernetes' words for it
 */
record Available(boolean is, String reason, String message) {

  private static final String TYPE = "Available";

  static Available passed() {
    return new Available(true, "Passed", "all checks passed");
  }

  static Available not(String reason, String message) {
    return new Available(false, reason, message);
  }

  /** What an object says of itself. */
  static boolean isTrue(JsonNode object) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(TYPE)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  /** Sets it; other conditions stay as they are. The time changes only with the status. */
  void setIn(ObjectNode object, Instant now) {
    ArrayNode conditions = object.withObject("status").withArray("conditions");
    ObjectNode mine = null;
    for (JsonNode condition : conditions) {
      if (condition.path("type").asString("").equals(TYPE)
          && condition instanceof ObjectNode found) {
        mine = found;
      }
    }
    if (mine == null) {
      mine = conditions.addObject().put("type", TYPE);
    }
    String status = is ? "True" : "False";
    if (!mine.path("status").asString("").equals(status)) {
      mine.put("status", status)
          .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    mine.put("reason", reason).put("message", message);
  }
}

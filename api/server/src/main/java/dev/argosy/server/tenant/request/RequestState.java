package dev.argosy.server.tenant.request;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a request is in its life; each state is a condition, which stays. Decisions are taken once,
 * by {@link RequestDecision} or {@link Places}; the end is written by {@link RequestController}.
 */
enum RequestState {
  APPROVED("Approved"),
  DENIED("Denied"),
  /** The tenant is there. */
  CREATED("Created"),
  /** The tenant could not be made. */
  FAILED("Failed");

  private final String condition;

  RequestState(String condition) {
    this.condition = condition;
  }

  /** The type of its condition. */
  String condition() {
    return condition;
  }

  boolean holds(JsonNode request) {
    for (JsonNode one : request.path("status").path("conditions")) {
      if (one.path("type").asString("").equals(condition)) {
        return one.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  static boolean decided(JsonNode request) {
    return APPROVED.holds(request) || DENIED.holds(request);
  }

  /** Whether nothing more will be done. */
  static boolean over(JsonNode request) {
    return DENIED.holds(request) || CREATED.holds(request) || FAILED.holds(request);
  }

  /** Writes into the request that it has come here. */
  void enter(ObjectNode request, String reason, String message, Clock clock) {
    request
        .withObject("status")
        .withArray("conditions")
        .addObject()
        .put("type", condition)
        .put("status", "True")
        .put("reason", reason)
        .put("message", message)
        .put("lastTransitionTime", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }
}

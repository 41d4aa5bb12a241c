package dev.argosy.controllers.disruption;

import dev.argosy.model.object.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a budget.
 *
 * @param disrupted pods that were granted an eviction and are still there, and when that was
 */
record BudgetStatus(
    int healthy,
    int desired,
    int allowed,
    int expected,
    Map<String, Instant> disrupted,
    long observedGeneration,
    Allowed condition) {

  /** The condition DisruptionAllowed; without a status if there is none. */
  record Allowed(String status, String reason, String message, String since, long generation) {

    static Allowed of(JsonNode status) {
      for (JsonNode condition : status.path("conditions")) {
        if (condition.path("type").asString("").equals("DisruptionAllowed")) {
          return new Allowed(
              condition.path("status").asString(""),
              condition.path("reason").asString(""),
              condition.path("message").asString(""),
              condition.path("lastTransitionTime").asString(""),
              condition.path("observedGeneration").asLong(0));
        }
      }
      return new Allowed("", "", "", "", 0);
    }

    /** What comes after it; its time stays as long as its status does. */
    Allowed then(boolean yes, String why, String text, long generationNow, Instant now) {
      String next = yes ? "True" : "False";
      return new Allowed(
          next, why, text, next.equals(status) ? since : now.toString(), generationNow);
    }
  }

  BudgetStatus {
    disrupted = Map.copyOf(disrupted);
  }

  static BudgetStatus of(JsonNode status) {
    Map<String, Instant> disrupted = new TreeMap<>();
    status
        .path("disruptedPods")
        .forEachEntry((pod, time) -> disrupted.put(pod, Instant.parse(time.asString(""))));
    return new BudgetStatus(
        status.path("currentHealthy").asInt(-1),
        status.path("desiredHealthy").asInt(-1),
        status.path("disruptionsAllowed").asInt(-1),
        status.path("expectedPods").asInt(-1),
        disrupted,
        status.path("observedGeneration").asLong(0),
        Allowed.of(status));
  }

  ObjectNode toJson() {
    ObjectNode status = Json.object();
    ObjectNode entry = status.putArray("conditions").addObject();
    entry.put("type", "DisruptionAllowed").put("status", condition.status());
    entry.put("reason", condition.reason()).put("message", condition.message());
    entry.put("lastTransitionTime", condition.since());
    entry.put("observedGeneration", condition.generation());
    status.put("currentHealthy", healthy).put("desiredHealthy", desired);
    status.put("disruptionsAllowed", allowed).put("expectedPods", expected);
    if (!disrupted.isEmpty()) {
      ObjectNode pods = status.putObject("disruptedPods");
      new TreeMap<>(disrupted).forEach((pod, time) -> pods.put(pod, time.toString()));
    }
    return status.put("observedGeneration", observedGeneration);
  }
}

package dev.argosy.agent.pod.resize;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A wish for other resources that the node has not granted: why, as the condition {@code
 * PodResizePending} says it.
 */
public record Pending(String reason, String message) {

  /** What the status of a pod says. */
  public static Optional<Pending> in(JsonNode status) {
    return status
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals("PodResizePending"))
        .map(c -> new Pending(c.path("reason").asString(""), c.path("message").asString("")))
        .findFirst();
  }

  /** More than the node has at all. */
  static Pending infeasible(String resource, long requested, long capacity) {
    return new Pending(
        "Infeasible",
        "Node didn't have enough capacity: %s, requested: %d, capacity: %d"
            .formatted(resource, requested, capacity));
  }

  /** More than other pods leave at present. */
  static Pending deferred(String resource, long requested, long used, long capacity) {
    return new Pending(
        "Deferred",
        "Node didn't have enough resource: %s, requested: %d, used: %d, capacity: %d"
            .formatted(resource, requested, used, capacity));
  }
}

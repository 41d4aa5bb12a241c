package dev.argosy.scheduler.pod;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * How important a pod is beside others (the Kubernetes page "Pod Priority and Preemption").
 *
 * @param preempts whether it may take the room of less important ones
 * @param nominated the node on which room is being made for it; empty if none
 * @param started when its node began with it; far away if it has not
 */
public record Rank(int priority, boolean preempts, String nominated, Instant started) {

  static Rank of(JsonNode spec, JsonNode status) {
    String started = status.path("startTime").asString("");
    return new Rank(
        spec.path("priority").asInt(0),
        !spec.path("preemptionPolicy").asString("").equals("Never"),
        status.path("nominatedNodeName").asString(""),
        started.isEmpty() ? Instant.MAX : Instant.parse(started));
  }
}

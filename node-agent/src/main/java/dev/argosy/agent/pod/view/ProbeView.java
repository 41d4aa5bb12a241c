package dev.argosy.agent.pod.view;

import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * How to ask a container for its health.
 *
 * @param handler holds {@code exec}, {@code httpGet}, {@code tcpSocket} or {@code grpc}
 */
public record ProbeView(
    JsonNode handler,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold) {

  static ProbeView of(JsonNode tree) {
    return new ProbeView(
        tree,
        Duration.ofSeconds(tree.path("initialDelaySeconds").asInt(0)),
        Duration.ofSeconds(Math.max(1, tree.path("periodSeconds").asInt(10))),
        Duration.ofSeconds(Math.max(1, tree.path("timeoutSeconds").asInt(1))),
        Math.max(1, tree.path("successThreshold").asInt(1)),
        Math.max(1, tree.path("failureThreshold").asInt(3)));
  }
}

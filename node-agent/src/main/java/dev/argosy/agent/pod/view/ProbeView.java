package dev.argosy.agent.pod.view;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How to ask a container for its health.
 *
 * @param handler holds {@code exec}, {@code httpGet}, {@code tcpSocket} or {@code grpc}
 * @param grace how long the container may take to end after a failure; null for what its pod says
 */
public record ProbeView(
    JsonNode handler,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int successThreshold,
    int failureThreshold,
    @Nullable Duration grace) {

  static ProbeView of(JsonNode tree) {
    return new ProbeView(
        tree,
        Duration.ofSeconds(tree.path("initialDelaySeconds").asInt(0)),
        Duration.ofSeconds(Math.max(1, tree.path("periodSeconds").asInt(10))),
        Duration.ofSeconds(Math.max(1, tree.path("timeoutSeconds").asInt(1))),
        Math.max(1, tree.path("successThreshold").asInt(1)),
        Math.max(1, tree.path("failureThreshold").asInt(3)),
        tree.path("terminationGracePeriodSeconds").isNumber()
            ? Duration.ofSeconds(tree.path("terminationGracePeriodSeconds").asLong(0))
            : null);
  }
}

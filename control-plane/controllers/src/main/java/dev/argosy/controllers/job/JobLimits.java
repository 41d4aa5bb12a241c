package dev.argosy.controllers.job;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How long a Job goes on trying, and how long it is kept.
 *
 * @param perIndex failures that each index may have; empty if they are counted together
 * @param keep after it has finished; empty for ever
 */
record JobLimits(
    int backoff,
    Optional<Integer> perIndex,
    Optional<Integer> failedIndexes,
    Optional<Duration> deadline,
    Optional<Duration> keep) {

  static JobLimits of(JsonNode spec) {
    return new JobLimits(
        spec.path("backoffLimit").asInt(6),
        number(spec, "backoffLimitPerIndex"),
        number(spec, "maxFailedIndexes"),
        seconds(spec, "activeDeadlineSeconds"),
        seconds(spec, "ttlSecondsAfterFinished"));
  }

  private static Optional<Integer> number(JsonNode spec, String field) {
    return Optional.ofNullable(spec.get(field)).map(n -> n.asInt(0));
  }

  private static Optional<Duration> seconds(JsonNode spec, String field) {
    return Optional.ofNullable(spec.get(field)).map(n -> Duration.ofSeconds(n.asLong(0)));
  }
}

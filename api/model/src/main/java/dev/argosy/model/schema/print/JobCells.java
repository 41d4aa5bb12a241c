package dev.argosy.model.schema.print;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of jobs. */
final class JobCells {

  private JobCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "status" -> (job, now) -> status(job);
      case "completions" -> (job, now) -> completions(job);
      case "duration" -> new TimedCell(job -> duration(job.path("status")));
      default -> throw new IllegalArgumentException("columns.tsv: job " + word);
    };
  }

  private static String status(ObjectNode job) {
    JsonNode status = job.path("status");
    for (String end : List.of("Complete", "Failed")) {
      if (PodSummary.conditionTrue(status, end)) {
        return end;
      }
    }
    if (job.path("metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    for (String state : List.of("Suspended", "FailureTarget", "SuccessCriteriaMet")) {
      if (PodSummary.conditionTrue(status, state)) {
        return state;
      }
    }
    return "Running";
  }

  private static String completions(ObjectNode job) {
    long succeeded = job.path("status").path("succeeded").asLong(0);
    JsonNode wanted = job.path("spec").path("completions");
    if (wanted.isNumber()) {
      return succeeded + "/" + wanted.asLong(0);
    }
    long parallel = job.path("spec").path("parallelism").asLong(0);
    return parallel > 1 ? succeeded + "/1 of " + parallel : succeeded + "/1";
  }

  private static Row.Timed duration(JsonNode status) {
    Instant start = Ages.instant(status.path("startTime"));
    if (start == null) {
      return now -> "";
    }
    Instant end = Ages.instant(status.path("completionTime"));
    return now -> Ages.human(Duration.between(start, end == null ? now : end));
  }
}

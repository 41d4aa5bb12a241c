package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a Job.
 *
 * @param started {@code startTime}; empty if it has not begun
 * @param uncounted pods that have ended and are not in the counts yet
 */
record JobStatus(
    Counts counts,
    String started,
    String completed,
    String completedIndexes,
    Optional<String> failedIndexes,
    Uncounted uncounted,
    List<Condition> conditions) {

  /** Pods by what became of them. */
  record Counts(int active, int ready, int terminating, int succeeded, int failed) {}

  /** Uids of pods whose finalizer may still be there. */
  record Uncounted(List<String> succeeded, List<String> failed) {
    Uncounted {
      succeeded = List.copyOf(succeeded);
      failed = List.copyOf(failed);
    }

    boolean isEmpty() {
      return succeeded.isEmpty() && failed.isEmpty();
    }

    int size() {
      return succeeded.size() + failed.size();
    }
  }

  JobStatus {
    conditions = List.copyOf(conditions);
  }

  static JobStatus of(JsonNode status) {
    JsonNode uncounted = status.path("uncountedTerminatedPods");
    return new JobStatus(
        new Counts(
            status.path("active").asInt(0),
            status.path("ready").asInt(-1),
            status.path("terminating").asInt(-1),
            status.path("succeeded").asInt(0),
            status.path("failed").asInt(0)),
        status.path("startTime").asString(""),
        status.path("completionTime").asString(""),
        status.path("completedIndexes").asString(""),
        Optional.ofNullable(status.get("failedIndexes")).map(n -> n.asString("")),
        new Uncounted(texts(uncounted.path("succeeded")), texts(uncounted.path("failed"))),
        Condition.read(status));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  /** Whether it has come to an end, well or badly. */
  boolean finished() {
    return Condition.isTrue(conditions, "Complete") || Condition.isTrue(conditions, "Failed");
  }

  ObjectNode toJson() {
    ObjectNode status = Json.object();
    count(status, "active", counts.active());
    text(status, "completedIndexes", completedIndexes);
    text(status, "completionTime", completed);
    if (!conditions.isEmpty()) {
      conditions(status);
    }
    count(status, "failed", counts.failed());
    failedIndexes.ifPresent(indexes -> status.put("failedIndexes", indexes));
    status.put("ready", Math.max(0, counts.ready()));
    text(status, "startTime", started);
    count(status, "succeeded", counts.succeeded());
    status.put("terminating", Math.max(0, counts.terminating()));
    ObjectNode pods = status.putObject("uncountedTerminatedPods");
    list(pods, "succeeded", uncounted.succeeded());
    list(pods, "failed", uncounted.failed());
    return status;
  }

  private void conditions(ObjectNode status) {
    Condition.write(status.putArray("conditions"), conditions);
    for (JsonNode condition : status.path("conditions")) {
      ((ObjectNode) condition).set("lastProbeTime", condition.path("lastTransitionTime"));
    }
  }

  private static void count(ObjectNode node, String field, int count) {
    if (count > 0) {
      node.put(field, count);
    }
  }

  private static void text(ObjectNode node, String field, String text) {
    if (!text.isEmpty()) {
      node.put(field, text);
    }
  }

  private static void list(ObjectNode node, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(node.putArray(field)::add);
    }
  }
}

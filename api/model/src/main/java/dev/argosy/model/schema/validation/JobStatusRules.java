package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a job. What was wrong before may stay: most rules are asked only when what they are
 * about has changed.
 */
final class JobStatusRules {

  private static final Path STATUS = Path.of("status");
  private static final Path CONDITIONS = STATUS.child("conditions");

  private final JsonNode spec;
  private final JsonNode status;
  private final JsonNode before;
  private final Checks checks;

  JobStatusRules(ObjectNode job, ObjectNode old, Checks checks) {
    this.spec = job.path("spec");
    this.status = job.path("status");
    this.before = old.path("status");
    this.checks = checks;
  }

  void validate() {
    for (String count : List.of("active", "succeeded", "failed", "ready", "terminating")) {
      checks.nonNegative(STATUS.child(count), status.path(count));
    }
    uncounted();
    ends();
    finished();
    times();
    indexes();
    kept();
  }

  private boolean is(JsonNode of, String type) {
    for (JsonNode condition : of.path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private boolean is(String type) {
    return is(status, type);
  }

  private boolean over(JsonNode of) {
    return is(of, "Complete") || is(of, "Failed");
  }

  private boolean changed(String... fields) {
    for (String field : fields) {
      if (!status.path(field).equals(before.path(field))) {
        return true;
      }
    }
    return false;
  }

  private void uncounted() {
    Set<String> seen = new HashSet<>();
    for (String list : List.of("succeeded", "failed")) {
      JsonNode uids = status.path("uncountedTerminatedPods").path(list);
      Path path = STATUS.child("uncountedTerminatedPods", list);
      for (int i = 0; i < uids.size(); i++) {
        String uid = uids.get(i).asString("");
        if (uid.isEmpty()) {
          checks.invalid(path.at(i), uid, "must not be empty");
        } else if (!seen.add(uid)) {
          checks.duplicate(path.at(i), uid);
        }
      }
    }
  }

  private void ends() {
    if (!changed("conditions")) {
      return;
    }
    never("Complete", "Failed", "cannot set Complete=True and Failed=true conditions");
    never(
        "Complete", "FailureTarget", "cannot set Complete=True and FailureTarget=true conditions");
    never(
        "SuccessCriteriaMet",
        "Failed",
        "cannot set SuccessCriteriaMet=True and Failed=true conditions");
    never(
        "SuccessCriteriaMet",
        "FailureTarget",
        "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
    if (is("Failed") && !is("FailureTarget")) {
      checks.invalid(
          CONDITIONS, "cannot set Failed=True condition without the FailureTarget=true condition");
    }
    if (is("Complete") && !is("SuccessCriteriaMet")) {
      checks.invalid(
          CONDITIONS,
          "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
    }
  }

  private void never(String one, String other, String message) {
    if (is(one) && is(other)) {
      checks.invalid(CONDITIONS, message);
    }
  }

  private void finished() {
    boolean end = over(status);
    boolean ends = end && !over(before);
    if (end && (ends || changed("active")) && status.path("active").asLong(0) > 0) {
      checks.invalid(
          STATUS.child("active"), status.path("active"), "active>0 is invalid for finished job");
    }
    if (end && (ends || changed("terminating")) && status.path("terminating").asLong(0) > 0) {
      checks.invalid(
          STATUS.child("terminating"),
          status.path("terminating"),
          "terminating>0 is invalid for finished job");
    }
    JsonNode pods = status.path("uncountedTerminatedPods");
    boolean waiting = !pods.path("succeeded").isEmpty() || !pods.path("failed").isEmpty();
    if (end && waiting && (ends || changed("uncountedTerminatedPods"))) {
      checks.invalid(
          STATUS.child("uncountedTerminatedPods"), pods, "must be empty for finished job");
    }
    boolean noWork =
        spec.path("suspend").asBoolean(false) && spec.path("completions").asInt(-1) == 0;
    if (end && !status.has("startTime") && !noWork && (ends || changed("startTime"))) {
      checks.required(STATUS.child("startTime"), "startTime is required for finished job");
    }
    if (changed("ready", "active")
        && status.path("ready").asLong(0) > status.path("active").asLong(0)) {
      checks.invalid(
          STATUS.child("ready"), status.path("ready"), "cannot set more ready pods than active");
    }
  }

  private void times() {
    JsonNode end = status.path("completionTime");
    Path path = STATUS.child("completionTime");
    if (changed("conditions", "completionTime")) {
      if (!end.isMissingNode() && !is("Complete")) {
        checks.invalid(
            path, end, "cannot set completionTime when there is no Complete=True condition");
      } else if (end.isMissingNode() && is("Complete")) {
        checks.required(path, "completionTime is required for Complete jobs");
      }
    }
    JsonNode start = status.path("startTime");
    if (changed("startTime", "completionTime")
        && !start.isMissingNode()
        && !end.isMissingNode()
        && Instant.parse(end.asString("")).isBefore(Instant.parse(start.asString("")))) {
      checks.invalid(path, end, "must be equal to or after `startTime`");
    }
  }

  private void indexes() {
    long completions = spec.path("completions").asLong(Long.MAX_VALUE);
    String completed = status.path("completedIndexes").asString("");
    JsonNode failed = status.path("failedIndexes");
    if (!changed("completedIndexes", "failedIndexes")) {
      return;
    }
    if (!completed.isEmpty() && !spec.path("completionMode").asString("").equals("Indexed")) {
      checks.invalid(
          STATUS.child("completedIndexes"),
          completed,
          "cannot set non-empty completedIndexes when non-indexed completion mode");
    }
    if (!failed.isMissingNode() && !spec.has("backoffLimitPerIndex")) {
      checks.invalid(
          STATUS.child("failedIndexes"),
          failed,
          "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
    }
    Indexes done = parsed("completedIndexes", completed, completions);
    Indexes lost = parsed("failedIndexes", failed.asString(""), completions);
    if (done.overlaps(lost)) {
      checks.invalid(
          STATUS.child("failedIndexes"), failed, "failedIndexes and completedIndexes overlap");
    }
  }

  private Indexes parsed(String field, String text, long completions) {
    Indexes indexes = Indexes.parse(text, completions);
    if (!indexes.problem().isEmpty()) {
      checks.invalid(
          STATUS.child(field), text, "error parsing " + field + ": " + indexes.problem());
    }
    return indexes;
  }

  /** What cannot be taken back. */
  private void kept() {
    for (String type : List.of("Failed", "Complete", "FailureTarget")) {
      if (is(before, type) && !is(type)) {
        checks.invalid(CONDITIONS, "cannot disable the terminal " + type + "=True condition");
      }
    }
    if (is(before, "SuccessCriteriaMet") && !is("SuccessCriteriaMet")) {
      checks.invalid(CONDITIONS, "cannot disable the SuccessCriteriaMet=True condition");
    }
    falls("failed");
    boolean elastic =
        spec.path("completionMode").asString("").equals("Indexed")
            && spec.path("completions").equals(spec.path("parallelism"));
    if (!elastic) {
      falls("succeeded");
    }
    JsonNode end = status.path("completionTime");
    if (!end.isMissingNode() && before.has("completionTime") && changed("completionTime")) {
      checks.immutable(STATUS.child("completionTime"), end);
    }
    boolean suspended = spec.path("suspend").asBoolean(false);
    boolean resumes = is(before, "Suspended") && !is("Suspended");
    if (before.has("startTime") && changed("startTime") && !suspended && !resumes) {
      checks.required(STATUS.child("startTime"), "startTime cannot be removed for unsuspended job");
    }
  }

  private void falls(String counter) {
    if (status.path(counter).asLong(0) < before.path(counter).asLong(0)) {
      checks.invalid(
          STATUS.child(counter),
          status.path(counter).asLong(0),
          "cannot decrease the " + counter + " counter");
    }
  }
}

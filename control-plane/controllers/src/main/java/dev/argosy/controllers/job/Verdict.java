package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a Job ends. The condition that announces it comes before its pods are let go, the final one
 * after.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#termination-of-job-pods">
 *     Termination of Job pods</a>
 */
record Verdict(boolean good, String reason, String message) {

  private static final Verdict COMPLETE =
      new Verdict(true, "CompletionsReached", "Reached expected number of succeeded pods");

  String announcement() {
    return good ? "SuccessCriteriaMet" : "FailureTarget";
  }

  String last() {
    return good ? "Complete" : "Failed";
  }

  /** What has been announced already stands; then failures decide before successes. */
  static Optional<Verdict> of(JobTally tally, Instant now) {
    List<Condition> conditions = tally.job().status().conditions();
    return announced(conditions, "SuccessCriteriaMet", true)
        .or(() -> announced(conditions, "FailureTarget", false))
        .or(() -> byPolicy(tally))
        .or(() -> byLimit(tally, now))
        .or(() -> tally.job().indexed() ? byIndexes(tally) : Optional.empty());
  }

  private static Optional<Verdict> announced(List<Condition> all, String type, boolean good) {
    return Condition.find(all, type)
        .filter(c -> c.status().equals("True"))
        .map(c -> new Verdict(good, c.reason(), c.message()));
  }

  private static Optional<Verdict> byPolicy(JobTally tally) {
    JobView job = tally.job();
    return tally.pods().stream()
        .filter(p -> p.failed(job.onlyReplaceEnded()))
        .flatMap(p -> job.failurePolicy().decide(p).failure().stream())
        .findFirst()
        .map(message -> new Verdict(false, "PodFailurePolicy", message));
  }

  private static Optional<Verdict> byLimit(JobTally tally, Instant now) {
    JobView job = tally.job();
    if (tally.failures() > job.limits().backoff() || tooManyRestarts(tally)) {
      return bad("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    return untilDeadline(job, now).filter(left -> !left.isPositive()).isPresent()
        ? bad("DeadlineExceeded", "Job was active longer than specified deadline")
        : Optional.empty();
  }

  /** How long it may still be active, if that is limited and it is active. */
  static Optional<Duration> untilDeadline(JobView job, Instant now) {
    if (job.suspended() || job.status().started().isEmpty()) {
      return job.suspended() ? Optional.empty() : job.limits().deadline();
    }
    Instant start = Instant.parse(job.status().started());
    return job.limits().deadline().map(d -> d.minus(Duration.between(start, now)));
  }

  private static boolean tooManyRestarts(JobTally tally) {
    if (!tally.job().restarts()) {
      return false;
    }
    int restarts =
        tally.pods().stream()
            .filter(p -> !p.view().terminal())
            .mapToInt(p -> p.details().restarts())
            .sum();
    int limit = tally.job().limits().backoff();
    return limit == 0 ? restarts > 0 : restarts >= limit;
  }

  private static Optional<Verdict> byIndexes(JobTally tally) {
    JobView job = tally.job();
    int failed = tally.failed().size();
    int all = job.completions().orElse(0);
    if (job.limits().failedIndexes().filter(most -> failed > most).isPresent()) {
      return bad(
          "MaxFailedIndexesExceeded",
          "Job has exceeded the specified maximal number of failed indexes");
    }
    if (failed > 0 && failed + tally.succeeded().size() >= all) {
      return bad("FailedIndexes", "Job has failed indexes");
    }
    return job.successPolicy()
        .met(tally.succeeded(), all)
        .map(message -> new Verdict(true, "SuccessPolicy", message));
  }

  private static Optional<Verdict> bad(String reason, String message) {
    return Optional.of(new Verdict(false, reason, message));
  }

  /**
   * Whether enough has been done.
   *
   * @param active pods that are left after this pass
   */
  static Optional<Verdict> ofCompletion(JobTally tally, int active) {
    int wanted = tally.job().completions().orElse(1);
    return active == 0 && tally.successes() >= wanted ? Optional.of(COMPLETE) : Optional.empty();
  }
}

package dev.argosy.controllers.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a Job's pods add up to.
 *
 * @param newlySucceeded pods that no count has yet
 * @param newlyFailed pods that no count has yet, those that a policy ignores included
 * @param succeeded indexes of an indexed Job
 * @param failed indexes of a Job with limits for each index
 */
record JobTally(
    JobView job,
    List<JobPod> pods,
    List<JobPod> newlySucceeded,
    List<JobPod> newlyFailed,
    Indexes succeeded,
    Indexes failed) {

  JobTally {
    pods = List.copyOf(pods);
    newlySucceeded = List.copyOf(newlySucceeded);
    newlyFailed = List.copyOf(newlyFailed);
  }

  static JobTally of(JobView job, List<JobPod> pods) {
    Set<String> known = new HashSet<>(job.status().uncounted().succeeded());
    known.addAll(job.status().uncounted().failed());
    List<JobPod> fresh =
        pods.stream()
            .filter(p -> p.tracked() && !known.contains(p.uid()) && belongs(job, p))
            .toList();
    int end = job.completions().orElse(0);
    Indexes before = Indexes.parse(job.status().completedIndexes(), end);
    return new JobTally(
        job,
        pods,
        fresh.stream().filter(JobPod::succeeded).toList(),
        fresh.stream().filter(p -> p.failed(job.onlyReplaceEnded())).toList(),
        job.indexed() ? before.and(indexes(job, pods, JobPod::succeeded)) : Indexes.NONE,
        failedIndexes(job, pods, end));
  }

  private static Indexes failedIndexes(JobView job, List<JobPod> pods, int end) {
    if (job.limits().perIndex().isEmpty()) {
      return Indexes.NONE;
    }
    return Indexes.parse(job.status().failedIndexes().orElse(""), end)
        .and(indexes(job, pods, p -> endsIndex(job, p)));
  }

  private static Indexes indexes(
      JobView job, List<JobPod> pods, java.util.function.Predicate<JobPod> which) {
    return Indexes.of(
        pods.stream()
            .filter(p -> p.tracked() && belongs(job, p) && which.test(p))
            .flatMap(p -> p.index().stream())
            .toList());
  }

  /** Whether its index, if it must have one, is one of the Job's. */
  static boolean belongs(JobView job, JobPod pod) {
    return !job.indexed() || pod.index().filter(i -> i < job.completions().orElse(0)).isPresent();
  }

  private static boolean endsIndex(JobView job, JobPod pod) {
    if (!pod.failed(job.onlyReplaceEnded())) {
      return false;
    }
    FailurePolicy.Decision decision = job.failurePolicy().decide(pod);
    int limit = job.limits().perIndex().orElse(Integer.MAX_VALUE);
    return decision.failsIndex() || (decision.counts() && pod.indexFailures() >= limit);
  }

  List<JobPod> active() {
    return pods.stream().filter(p -> p.view().active()).toList();
  }

  int ready() {
    return (int)
        pods.stream().filter(p -> p.view().active() && p.view().ready().isPresent()).count();
  }

  int terminating() {
    return (int) pods.stream().filter(JobPod::terminating).count();
  }

  /** Successes that count, those not yet in the status included. */
  int successes() {
    JobStatus status = job.status();
    return job.indexed()
        ? succeeded.size()
        : status.counts().succeeded()
            + newlySucceeded.size()
            + status.uncounted().succeeded().size();
  }

  /** Failures that count, those not yet in the status included. */
  int failures() {
    JobStatus status = job.status();
    long fresh = newlyFailed.stream().filter(p -> job.failurePolicy().decide(p).counts()).count();
    return status.counts().failed() + (int) fresh + status.uncounted().failed().size();
  }

  /**
   * Failed pods that must stay until another has taken over their index, and with it the number of
   * its failures.
   */
  Map<Integer, JobPod> awaitingSuccessor() {
    Map<Integer, JobPod> last = new HashMap<>();
    if (job.limits().perIndex().isEmpty()) {
      return last;
    }
    Set<Integer> busy = new HashSet<>();
    active().forEach(p -> p.index().ifPresent(busy::add));
    for (JobPod pod : pods) {
      Optional<Integer> index = pod.index();
      if (index.isPresent()
          && pod.tracked()
          && belongs(job, pod)
          && pod.failed(job.onlyReplaceEnded())
          && !busy.contains(index.get())
          && !succeeded.has(index.get())
          && !failed.has(index.get())) {
        last.merge(index.get(), pod, JobTally::later);
      }
    }
    return last;
  }

  private static JobPod later(JobPod a, JobPod b) {
    int failuresOfA = a.indexFailures() + a.ignoredFailures();
    int failuresOfB = b.indexFailures() + b.ignoredFailures();
    return failuresOfB > failuresOfA
            || (failuresOfB == failuresOfA
                && b.details().finished().isAfter(a.details().finished()))
        ? b
        : a;
  }

  /** Pods of valid indexes, or on their way out where that matters: indexes not to start again. */
  Indexes taken() {
    List<Integer> busy = new ArrayList<>();
    for (JobPod pod : pods) {
      if (pod.view().active() || (job.onlyReplaceEnded() && pod.terminating())) {
        pod.index().ifPresent(busy::add);
      }
    }
    return succeeded.and(failed).and(Indexes.of(busy));
  }
}

package dev.argosy.controllers.job;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.job.JobStatus.Counts;
import dev.argosy.controllers.job.JobStatus.Uncounted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to do for a Job: first the changes to its pods, then the status, then pods are let go.
 *
 * @param account after the changes
 * @param accountWithoutNew the same, if no pod can be made
 * @param release pods that the status accounts for, to be rid of their finalizer
 * @param again when to look again, whatever happens
 */
record JobPlan(
    PodChanges changes,
    Account account,
    Account accountWithoutNew,
    List<JobPod> release,
    Optional<Duration> again) {

  /**
   * What is told, and kept for the next plan.
   *
   * @param backOff with the failures that are accounted for
   */
  record Account(JobStatus status, BackOff backOff) {}

  /** So many pods are accounted for in one pass; their uids make the status long. */
  private static final int AT_ONCE = 500;

  JobPlan {
    release = List.copyOf(release);
  }

  static JobPlan of(JobView job, List<JobPod> pods, BackOff before, Instant now) {
    JobTally tally = JobTally.of(job, pods);
    BackOff backOff = before.after(tally.newlySucceeded(), tally.newlyFailed());
    Optional<Verdict> early = Verdict.of(tally, now);
    PodChanges changes =
        early.isPresent() ? PodChanges.ofEnd(tally) : PodChanges.of(tally, backOff, now);
    int active = tally.active().size() - changes.delete().size() + changes.create().size();
    Optional<Verdict> verdict = early.or(() -> Verdict.ofCompletion(tally, active));
    List<JobPod> release = release(tally, verdict, changes);
    Writing writing = new Writing(tally, verdict, now);
    Duration wait = changes.pause();
    Optional<Duration> again = Verdict.untilDeadline(job, now).filter(left -> verdict.isEmpty());
    if (wait.isPositive()) {
      again = Optional.of(again.filter(a -> a.compareTo(wait) < 0).orElse(wait));
    }
    return new JobPlan(
        changes,
        new Account(writing.status(changes, release), backOff),
        new Account(
            writing.status(changes.withoutNew(), release),
            before.after(
                those(release, tally.newlySucceeded()), those(release, tally.newlyFailed()))),
        release,
        again);
  }

  /** Failed pods that await their successors are new again the next time, and must count once. */
  private static List<JobPod> those(List<JobPod> released, List<JobPod> fresh) {
    return fresh.stream().filter(released::contains).toList();
  }

  /**
   * Pods that are over, as far as they are needed for nothing any more. Those that this plan
   * deletes have their turn when they are seen to go.
   */
  private static List<JobPod> release(
      JobTally tally, Optional<Verdict> verdict, PodChanges changes) {
    JobView job = tally.job();
    boolean all = job.deleting() || verdict.isPresent();
    Map<Integer, JobPod> needed = all ? Map.of() : tally.awaitingSuccessor();
    return tally.pods().stream()
        .filter(p -> p.tracked() && !changes.delete().contains(p))
        .filter(p ->
            all || p.succeeded() || (p.failed(job.onlyReplaceEnded()) && !needed.containsValue(p)))
        .limit(AT_ONCE)
        .toList();
  }

  /** Makes the next status of the last one. */
  private record Writing(JobTally tally, Optional<Verdict> verdict, Instant now) {

    JobStatus status(PodChanges changes, List<JobPod> release) {
      JobView job = tally.job();
      JobStatus old = job.status();
      Set<String> tracked =
          tally.pods().stream()
              .filter(JobPod::tracked)
              .map(JobPod::uid)
              .collect(Collectors.toSet());
      Uncounted left = left(old.uncounted(), tracked);
      Uncounted uncounted = add(left, release);
      int deleted = changes.delete().size();
      long deletedReady =
          changes.delete().stream().filter(p -> p.view().ready().isPresent()).count();
      int succeeded =
          old.counts().succeeded() + old.uncounted().succeeded().size() - left.succeeded().size();
      Counts counts =
          new Counts(
              tally.active().size() - deleted + changes.create().size(),
              tally.ready() - (int) deletedReady,
              tally.terminating() + deleted,
              job.indexed() ? tally.succeeded().size() : succeeded,
              old.counts().failed() + old.uncounted().failed().size() - left.failed().size());
      boolean over =
          deleted == 0 && release.isEmpty() && uncounted.isEmpty() && counts.terminating() == 0;
      return new JobStatus(
          counts,
          started(),
          over && verdict.filter(Verdict::good).isPresent() ? now.toString() : old.completed(),
          job.indexed() ? tally.succeeded().toString() : "",
          job.limits().perIndex().map(limit -> tally.failed().toString()),
          uncounted,
          conditions(over));
    }

    /** Those whose finalizer is not seen to be gone yet. */
    private static Uncounted left(Uncounted all, Set<String> tracked) {
      return new Uncounted(
          all.succeeded().stream().filter(tracked::contains).toList(),
          all.failed().stream().filter(tracked::contains).toList());
    }

    /** A finished index needs no uid: that it is in the list keeps it from counting twice. */
    private Uncounted add(Uncounted present, List<JobPod> release) {
      JobView job = tally.job();
      List<String> succeeded = new ArrayList<>(present.succeeded());
      List<String> failed = new ArrayList<>(present.failed());
      for (JobPod pod : release) {
        String uid = pod.uid();
        if (succeeded.contains(uid) || failed.contains(uid)) {
          continue;
        }
        if (pod.succeeded()) {
          if (!job.indexed()) {
            succeeded.add(uid);
          }
        } else if (lost(pod)
            && JobTally.belongs(job, pod)
            && job.failurePolicy().decide(pod).counts()) {
          failed.add(uid);
        }
      }
      return new Uncounted(succeeded, failed);
    }

    /** When a Job fails, so does every pod that is still at work; when it succeeds, none does. */
    private boolean lost(JobPod pod) {
      return verdict
          .map(v -> !v.good() || pod.view().terminal())
          .orElseGet(() -> pod.failed(tally.job().onlyReplaceEnded()));
    }

    private String started() {
      JobView job = tally.job();
      boolean resumes =
          !job.suspended() && Condition.isTrue(job.status().conditions(), "Suspended");
      boolean begins = job.status().started().isEmpty() && !job.suspended();
      return begins || (resumes && verdict.isEmpty()) ? now.toString() : job.status().started();
    }

    private List<Condition> conditions(boolean over) {
      List<Condition> all = tally.job().status().conditions();
      if (verdict.isEmpty()) {
        return tally.job().deleting() ? all : suspension(all);
      }
      Verdict end = verdict.get();
      all = Condition.with(all, condition(end.announcement(), "True", end.reason(), end.message()));
      return over
          ? Condition.with(all, condition(end.last(), "True", end.reason(), end.message()))
          : all;
    }

    private List<Condition> suspension(List<Condition> all) {
      if (tally.job().suspended()) {
        return Condition.with(all, condition("Suspended", "True", "JobSuspended", "Job suspended"));
      }
      return Condition.find(all, "Suspended").isPresent()
          ? Condition.with(all, condition("Suspended", "False", "JobResumed", "Job resumed"))
          : all;
    }

    private Condition condition(String type, String status, String reason, String message) {
      return new Condition(type, status, reason, message, "", now.toString());
    }
  }
}

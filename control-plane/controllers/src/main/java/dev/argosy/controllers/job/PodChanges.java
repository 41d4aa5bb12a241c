package dev.argosy.controllers.job;

import dev.argosy.controllers.workload.DeletionOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which pods come and which go.
 *
 * @param create one entry for each new pod
 * @param forget whether the deleted ones count as nothing: they go because fewer are wanted
 * @param pause how long to wait before there may be new pods; zero if nothing is waited for
 */
record PodChanges(List<JobPod> delete, boolean forget, List<NewPod> create, Duration pause) {

  /** As many at once as Kubernetes' controller does. */
  private static final int BURST = 500;

  private static final PodChanges NONE = pods(List.of(), Duration.ZERO);

  /**
   * A pod to make.
   *
   * @param index of an indexed Job
   * @param before the failed pod in whose place it comes, where failures of each index are counted
   */
  record NewPod(Optional<Integer> index, Optional<JobPod> before) {}

  PodChanges {
    delete = List.copyOf(delete);
    create = List.copyOf(create);
  }

  /** The same, if no pod can be made. */
  PodChanges withoutNew() {
    return new PodChanges(delete, forget, List.of(), pause);
  }

  /** Of a Job that has ended. */
  static PodChanges ofEnd(JobTally tally) {
    return new PodChanges(tally.active(), false, List.of(), Duration.ZERO);
  }

  private static PodChanges fewer(List<JobPod> delete) {
    return new PodChanges(delete, true, List.of(), Duration.ZERO);
  }

  private static PodChanges pods(List<NewPod> create, Duration pause) {
    return new PodChanges(List.of(), false, create, pause);
  }

  /** Of a Job that has not ended. */
  static PodChanges of(JobTally tally, BackOff backOff, Instant now) {
    JobView job = tally.job();
    if (job.deleting()) {
      return NONE;
    }
    if (job.suspended()) {
      return fewer(tally.active());
    }
    int active = tally.active().size();
    int wanted = wanted(tally, active);
    List<JobPod> surplus = surplus(tally, Math.max(0, active - wanted), now);
    if (!surplus.isEmpty()) {
      return fewer(surplus);
    }
    int held = job.onlyReplaceEnded() ? tally.terminating() : 0;
    int room = Math.min(BURST, wanted - held - active);
    return room > 0 ? starts(tally, room, backOff, now) : NONE;
  }

  private static int wanted(JobTally tally, int active) {
    JobView job = tally.job();
    if (job.completions().isEmpty()) {
      return tally.successes() > 0 ? active : job.parallelism();
    }
    int missing = job.completions().get() - tally.successes();
    return Math.max(0, Math.min(missing, job.parallelism()));
  }

  /** Pods without a valid index of their own, then as many more as there are too many. */
  private static List<JobPod> surplus(JobTally tally, int count, Instant now) {
    DeletionOrder order = new DeletionOrder(now, Map.of());
    List<JobPod> ordered = new ArrayList<>(tally.active());
    ordered.sort(Comparator.comparing(JobPod::view, order));
    List<JobPod> gone = new ArrayList<>();
    if (tally.job().indexed()) {
      Set<Integer> seen = new HashSet<>();
      for (JobPod pod : ordered.reversed()) {
        if (!JobTally.belongs(tally.job(), pod) || !seen.add(pod.index().orElse(-1))) {
          gone.add(pod);
        }
      }
    }
    for (JobPod pod : ordered) {
      if (gone.size() < count && !gone.contains(pod)) {
        gone.add(pod);
      }
    }
    return gone.stream().limit(BURST).toList();
  }

  private static PodChanges starts(JobTally tally, int room, BackOff backOff, Instant now) {
    JobView job = tally.job();
    if (job.limits().perIndex().isPresent()) {
      return eachIndex(tally, room, now);
    }
    Duration wait = backOff.left(now);
    if (wait.isPositive()) {
      return pods(List.of(), wait);
    }
    List<NewPod> create = new ArrayList<>();
    if (job.indexed()) {
      tally
          .taken()
          .firstMissing(room, job.completions().orElse(0))
          .forEach(i -> create.add(new NewPod(Optional.of(i), Optional.empty())));
    } else {
      for (int i = 0; i < room; i++) {
        create.add(new NewPod(Optional.empty(), Optional.empty()));
      }
    }
    return pods(create, Duration.ZERO);
  }

  /** Each index waits for its own failures only. */
  private static PodChanges eachIndex(JobTally tally, int room, Instant now) {
    Map<Integer, JobPod> before = tally.awaitingSuccessor();
    List<NewPod> create = new ArrayList<>();
    Duration shortest = Duration.ZERO;
    int end = tally.job().completions().orElse(0);
    for (int index : tally.taken().firstMissing(room, end)) {
      Optional<JobPod> last = Optional.ofNullable(before.get(index));
      Duration wait = last.map(p -> wait(p, now)).orElse(Duration.ZERO);
      if (wait.isZero()) {
        create.add(new NewPod(Optional.of(index), last));
      } else if (shortest.isZero() || wait.compareTo(shortest) < 0) {
        shortest = wait;
      }
    }
    return pods(create, create.isEmpty() ? shortest : Duration.ZERO);
  }

  private static Duration wait(JobPod last, Instant now) {
    int failures = last.indexFailures() + last.ignoredFailures() + 1;
    return new BackOff(failures, last.details().finished()).left(now);
  }
}

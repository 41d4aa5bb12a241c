package dev.argosy.controllers.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long a Job's failures hold back new pods: ten seconds, twenty, forty…, at most ten minutes,
 * beginning anew with every success.
 *
 * @param last when the last pod failed; means nothing without failures
 */
record BackOff(int failures, Instant last) {

  static final BackOff NONE = new BackOff(0, Instant.EPOCH);

  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** After these pods have ended, too. */
  BackOff after(List<JobPod> succeeded, List<JobPod> failed) {
    Optional<Instant> success = latest(succeeded);
    List<JobPod> since =
        failed.stream()
            .filter(p -> success.filter(s -> !p.details().finished().isAfter(s)).isEmpty())
            .toList();
    int before = success.isPresent() ? 0 : failures;
    Instant when = success.isPresent() ? Instant.EPOCH : last;
    return new BackOff(before + since.size(), latest(since).orElse(when));
  }

  private static Optional<Instant> latest(List<JobPod> pods) {
    return pods.stream().map(p -> p.details().finished()).max(Comparator.naturalOrder());
  }

  /** How long to wait; zero if there is nothing to wait for. */
  Duration left(Instant now) {
    if (failures == 0) {
      return Duration.ZERO;
    }
    Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    Duration capped = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    Duration left = capped.minus(Duration.between(last, now));
    return left.isNegative() ? Duration.ZERO : left;
  }
}

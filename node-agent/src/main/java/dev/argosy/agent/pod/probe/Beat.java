package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ProbeView;
import java.time.Duration;
import java.time.Instant;

/**
 * When a probe asks: at fixed times, whatever the answers take. Times that have passed while an
 * answer was awaited are left out. Pure.
 *
 * @param first the first time
 */
record Beat(Instant first, Duration period) {

  /**
   * The beat of a container.
   *
   * @param startedAt when it was started: that is what the initial delay counts from; if the clock
   *     was set back since, it counts from now
   * @param spread 0 to 1; where in the period containers begin that have run for long, so that not
   *     all are asked at once when an agent takes them over
   */
  static Beat of(ProbeView probe, Instant startedAt, Instant now, double spread) {
    Instant began = startedAt.isAfter(now) ? now : startedAt;
    Instant first = began.plus(probe.initialDelay());
    Duration period = probe.period();
    if (first.isAfter(now)) {
      return new Beat(first, period);
    }
    boolean adopted = first.plus(period).isBefore(now);
    return new Beat(adopted ? now.plusMillis((long) (period.toMillis() * spread)) : now, period);
  }

  /** How long to wait for the time after this one; never longer than a period. */
  Duration untilNext(Instant now) {
    long every = period.toMillis();
    return Duration.ofMillis(every - Math.floorMod(Duration.between(first, now).toMillis(), every));
  }
}

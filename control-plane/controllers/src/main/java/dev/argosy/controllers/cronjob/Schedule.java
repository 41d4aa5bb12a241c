package dev.argosy.controllers.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a CronJob's Jobs are due.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">
 *     Schedule syntax</a>
 */
sealed interface Schedule permits CalendarSchedule, Schedule.Every {

  /** The first time after this one; empty if there is none within years. */
  Optional<Instant> next(Instant after);

  /** The last time that is after one instant and not after another. */
  Optional<Instant> latest(Instant after, Instant until);

  /**
   * Always after the same time, counted from the last.
   *
   * @param pause whole seconds, at least one
   */
  record Every(Duration pause) implements Schedule {

    @Override
    public Optional<Instant> next(Instant after) {
      return Optional.of(after.plus(pause));
    }

    @Override
    public Optional<Instant> latest(Instant after, Instant until) {
      long times = Duration.between(after, until).dividedBy(pause);
      return times < 1 ? Optional.empty() : Optional.of(after.plus(pause.multipliedBy(times)));
    }
  }
}

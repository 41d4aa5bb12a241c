package dev.argosy.controllers.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Five fields, in a time zone. If neither the day of the month nor that of the week is left open,
 * one of them is enough. Local times that a clock change leaves out do not come; those that it
 * repeats come twice.
 */
record CalendarSchedule(
    CronField minute,
    CronField hour,
    CronField day,
    CronField month,
    CronField weekday,
    ZoneId zone)
    implements Schedule {

  private static final int YEARS = 5;

  /** How far back the last time is looked for, first near, then farther. */
  private static final List<Duration> REACHES =
      List.of(
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(32),
          Duration.ofDays(366),
          Duration.ofDays(366L * 2 * YEARS));

  @Override
  public Optional<Instant> next(Instant after) {
    ZonedDateTime time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    int lastYear = time.getYear() + YEARS;
    while (time.getYear() <= lastYear) {
      if (!month.has(time.getMonthValue())) {
        time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
      } else if (!dayFits(time)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!hour.has(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!minute.has(time.getMinute())) {
        time = time.plusMinutes(1);
      } else {
        return Optional.of(time.toInstant());
      }
    }
    return Optional.empty();
  }

  private boolean dayFits(ZonedDateTime time) {
    boolean ofMonth = day.has(time.getDayOfMonth());
    boolean ofWeek = weekday.has(time.getDayOfWeek().getValue() % 7);
    return day.any() || weekday.any() ? ofMonth && ofWeek : ofMonth || ofWeek;
  }

  @Override
  public Optional<Instant> latest(Instant after, Instant until) {
    for (Duration reach : REACHES) {
      Instant near = until.minus(reach);
      Instant from = near.isAfter(after) ? near : after;
      Optional<Instant> latest = lastOf(from, until);
      if (latest.isPresent() || from.equals(after)) {
        return latest;
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> lastOf(Instant from, Instant until) {
    Optional<Instant> last = Optional.empty();
    Optional<Instant> next = next(from).filter(t -> !t.isAfter(until));
    while (next.isPresent()) {
      last = next;
      next = next(next.get()).filter(t -> !t.isAfter(until));
    }
    return last;
  }
}

package dev.argosy.console.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A time that usage is looked at in, in whole days (UTC) or up to now.
 *
 * @param from where a day begins
 * @param until a later full hour
 */
record Period(Instant from, Instant until) {

  private static final Duration BY_HOUR = Duration.ofDays(3);
  private static final Duration BY_DAY = Duration.ofDays(93);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  /** What people choose from. */
  enum Choice {
    THIS_MONTH("This month"),
    LAST_MONTH("Last month"),
    LAST_7_DAYS("Last 7 days"),
    LAST_30_DAYS("Last 30 days"),
    CUSTOM("Days of your choice");

    private final String text;

    Choice(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** How long one bar of a chart is. */
  enum Step {
    HOUR("d MMM HH:mm"),
    DAY("d MMM"),
    MONTH("MMM uuuu");

    private final DateTimeFormatter label;

    Step(String label) {
      this.label = DateTimeFormatter.ofPattern(label, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    String label(Instant begin) {
      return label.format(begin);
    }

    private Instant next(Instant begin) {
      return switch (this) {
        case HOUR -> begin.plus(1, ChronoUnit.HOURS);
        case DAY -> begin.plus(1, ChronoUnit.DAYS);
        case MONTH -> begin.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
      };
    }

    private Instant begin(Instant time) {
      return switch (this) {
        case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
        case DAY -> time.truncatedTo(ChronoUnit.DAYS);
        case MONTH -> month(time).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
      };
    }

    String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Period {
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException("a period begins before it ends");
    }
  }

  /** One of those that depend on nothing but the moment; not {@link Choice#CUSTOM}. */
  static Period of(Choice choice, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate month = today.withDayOfMonth(1);
    return switch (choice) {
      case THIS_MONTH -> days(month, today, now);
      case LAST_MONTH -> days(month.minusMonths(1), month.minusDays(1), now);
      case LAST_7_DAYS -> days(today.minusDays(6), today, now);
      case LAST_30_DAYS -> days(today.minusDays(29), today, now);
      case CUSTOM -> throw new IllegalArgumentException("whose days are not known");
    };
  }

  /** From the beginning of a day to the end of another, but not beyond this hour. */
  static Period days(LocalDate first, LocalDate last, Instant now) {
    Instant end = begin(last.plusDays(1));
    Instant hour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    return new Period(begin(first), hour.isBefore(end) ? hour : end);
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static YearMonth month(Instant time) {
    return YearMonth.from(time.atOffset(ZoneOffset.UTC));
  }

  /** So that a chart has some bars, and not too many. */
  Step step() {
    Duration length = Duration.between(from, until);
    if (length.compareTo(BY_HOUR) <= 0) {
      return Step.HOUR;
    }
    return length.compareTo(BY_DAY) <= 0 ? Step.DAY : Step.MONTH;
  }

  /** Where each bar begins. */
  List<Instant> begins() {
    Step step = step();
    List<Instant> begins = new ArrayList<>();
    for (Instant at = step.begin(from); at.isBefore(until); at = step.next(at)) {
      begins.add(at);
    }
    return begins;
  }

  private LocalDate first() {
    return LocalDate.ofInstant(from, ZoneOffset.UTC);
  }

  private LocalDate last() {
    return LocalDate.ofInstant(until.minusMillis(1), ZoneOffset.UTC);
  }

  /** {@code 1 Nov 2026 to 29 Nov 2026 (UTC)}. */
  String text() {
    return first().equals(last())
        ? DAY.format(first()) + " (UTC)"
        : DAY.format(first()) + " to " + DAY.format(last()) + " (UTC)";
  }

  /** For the name of a file: {@code 2026-11-01-2026-11-29}. */
  String inFileName() {
    return first() + "-" + last();
  }
}

package dev.argosy.controllers.cronjob;

import dev.argosy.controllers.cronjob.CronField.Bounds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads schedules that the API has let through. */
final class ScheduleParser {

  private static final Map<String, String> WORDS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");
  private static final List<Bounds> FIELDS =
      List.of(
          new Bounds(0, 59, List.of()),
          new Bounds(0, 23, List.of()),
          new Bounds(1, 31, List.of()),
          new Bounds(
              1,
              12,
              List.of(
                  "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                  "dec")),
          new Bounds(0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));
  private static final String EVERY = "@every ";
  private static final Pattern PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Double> SECONDS =
      Map.of(
          "ns", 1e-9, "us", 1e-6, "µs", 1e-6, "μs", 1e-6, "ms", 1e-3, "s", 1d, "m", 60d, "h",
          3600d);

  private ScheduleParser() {}

  /**
   * The schedule, if it can be read.
   *
   * @param zone the name of a time zone; empty for the one in the text, or UTC
   */
  static Optional<Schedule> parse(String text, String zone) {
    try {
      return Optional.of(read(text.strip(), zone));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Schedule read(String text, String zone) {
    if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
      int space = text.indexOf(' ');
      if (space < 0) {
        throw new IllegalArgumentException("only a time zone");
      }
      String own = text.substring(text.indexOf('=') + 1, space);
      return read(text.substring(space).strip(), zone.isEmpty() ? own : zone);
    }
    if (text.startsWith(EVERY)) {
      return new Schedule.Every(duration(text.substring(EVERY.length())));
    }
    String[] fields = WORDS.getOrDefault(text, text).split("\\s+");
    if (fields.length != FIELDS.size()) {
      throw new IllegalArgumentException("not five fields");
    }
    return new CalendarSchedule(
        CronField.parse(fields[0], FIELDS.get(0)),
        CronField.parse(fields[1], FIELDS.get(1)),
        CronField.parse(fields[2], FIELDS.get(2)),
        CronField.parse(fields[3], FIELDS.get(3)),
        CronField.parse(fields[4], FIELDS.get(4)),
        zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone));
  }

  /** Whole seconds, at least one. */
  private static Duration duration(String text) {
    Matcher part = PART.matcher(text);
    double seconds = 0;
    while (part.find()) {
      seconds += Double.parseDouble(part.group(1)) * SECONDS.getOrDefault(part.group(2), 0d);
    }
    return Duration.ofSeconds(Math.max(1, (long) seconds));
  }
}

package dev.argosy.model.schema.validation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The syntax of schedules: five fields, or a word such as {@code @daily}, with a time zone in front
 * at times.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax">
 *     Schedule syntax</a>
 */
final class CronSyntax {

  private static final Set<String> WORDS =
      Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
  private static final Pattern DURATION =
      Pattern.compile("[-+]?(?:0|(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+");
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<Bounds> FIELDS =
      List.of(
          new Bounds(0, 59, List.of()),
          new Bounds(0, 23, List.of()),
          new Bounds(1, 31, List.of()),
          new Bounds(1, 12, MONTHS),
          new Bounds(0, 6, DAYS));

  private CronSyntax() {}

  private record Bounds(long low, long high, List<String> names) {}

  /** A part of a schedule cannot be read; for use inside this class only. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  /** What is wrong with a schedule; empty if nothing. */
  static String problem(String schedule) {
    try {
      check(schedule);
      return "";
    } catch (Unreadable e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void check(String schedule) {
    String text = schedule;
    if (text.startsWith("TZ=") || text.startsWith("CRON_TZ=")) {
      int space = text.indexOf(' ');
      if (space < 0) {
        throw new Unreadable("provided bad location " + text.substring(text.indexOf('=') + 1));
      }
      text = text.substring(space).strip();
    }
    if (text.startsWith("@")) {
      word(text);
      return;
    }
    String[] fields = text.isBlank() ? new String[0] : text.strip().split("\\s+");
    if (fields.length != FIELDS.size()) {
      throw new Unreadable(
          "expected exactly 5 fields, found "
              + fields.length
              + ": ["
              + String.join(" ", fields)
              + "]");
    }
    for (int i = 0; i < fields.length; i++) {
      for (String part : fields[i].split(",")) {
        if (!part.isEmpty()) {
          range(part, FIELDS.get(i));
        }
      }
    }
  }

  private static void word(String text) {
    if (text.startsWith("@every ")) {
      String duration = text.substring("@every ".length());
      if (!DURATION.matcher(duration).matches()) {
        throw new Unreadable(
            "failed to parse duration " + text + ": time: invalid duration \"" + duration + "\"");
      }
    } else if (!WORDS.contains(text)) {
      throw new Unreadable("unrecognized descriptor: " + text);
    }
  }

  private static void range(String expression, Bounds bounds) {
    String[] rangeAndStep = expression.split("/", -1);
    String[] ends = rangeAndStep[0].split("-", -1);
    boolean any = ends[0].equals("*") || ends[0].equals("?");
    if (!any && ends.length > 2) {
      throw new Unreadable("too many hyphens: " + expression);
    }
    long start = any ? bounds.low() : number(ends[0], bounds.names());
    long end = any ? bounds.high() : number(ends[ends.length - 1], bounds.names());
    if (rangeAndStep.length > 2) {
      throw new Unreadable("too many slashes: " + expression);
    }
    long step = 1;
    if (rangeAndStep.length == 2) {
      step = number(rangeAndStep[1], List.of());
      end = ends.length == 1 ? bounds.high() : end;
    }
    limits(expression, bounds, start, end);
    if (step == 0) {
      throw new Unreadable("step of range should be a positive number: " + expression);
    }
  }

  private static void limits(String expression, Bounds bounds, long start, long end) {
    if (start < bounds.low()) {
      throw new Unreadable(
          "beginning of range (" + start + ") below minimum (" + bounds.low() + "): " + expression);
    }
    if (end > bounds.high()) {
      throw new Unreadable(
          "end of range (" + end + ") above maximum (" + bounds.high() + "): " + expression);
    }
    if (start > end) {
      throw new Unreadable(
          "beginning of range (" + start + ") beyond end of range (" + end + "): " + expression);
    }
  }

  private static long number(String text, List<String> names) {
    int name = text.isEmpty() ? -1 : names.indexOf(text.toLowerCase(Locale.ROOT));
    if (name >= 0) {
      return name;
    }
    try {
      long number = Long.parseLong(text);
      if (number < 0) {
        throw new Unreadable("negative number (" + number + ") not allowed: " + text);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new Unreadable(
          "failed to parse int from "
              + text
              + ": strconv.Atoi: parsing \""
              + text
              + "\": invalid syntax");
    }
  }
}

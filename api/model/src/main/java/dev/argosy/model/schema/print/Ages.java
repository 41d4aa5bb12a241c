package dev.argosy.model.schema.print;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Durations for people: the two largest units, fewer as they grow. */
public final class Ages {

  static final String UNKNOWN = "<unknown>";

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private Ages() {}

  /** How long ago a timestamp is; {@code <unknown>} if there is none. */
  public static String since(JsonNode timestamp, Instant now) {
    Instant then = instant(timestamp);
    return then == null ? UNKNOWN : human(Duration.between(then, now));
  }

  /** The same as a function of the time. */
  public static Row.Timed since(JsonNode timestamp) {
    Instant then = instant(timestamp);
    return then == null ? now -> UNKNOWN : now -> human(Duration.between(then, now));
  }

  public static @Nullable Instant instant(JsonNode timestamp) {
    String text = timestamp.asString("");
    if (text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** For example {@code 90s}, {@code 5m12s}, {@code 3h}, {@code 7d4h}, {@code 2y30d}. */
  public static String human(Duration duration) {
    long seconds = duration.toMillis() / 1000;
    if (duration.toMillis() <= -2000) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    if (seconds < 2 * MINUTE) {
      return seconds + "s";
    }
    long minutes = seconds / MINUTE;
    if (minutes < 10) {
      return two(minutes, "m", seconds % MINUTE, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = seconds / HOUR;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (hours < 192) {
      return two(hours / 24, "d", hours % 24, "h");
    }
    if (seconds < 2 * YEAR) {
      return hours / 24 + "d";
    }
    if (seconds < 8 * YEAR) {
      return two(seconds / YEAR, "y", seconds / DAY % 365, "d");
    }
    return seconds / YEAR + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : small + smallUnit);
  }
}

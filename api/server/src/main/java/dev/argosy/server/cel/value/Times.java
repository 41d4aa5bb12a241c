package dev.argosy.server.cel.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text forms of timestamps (RFC 3339) and durations ({@code 1h30m}). */
public final class Times {

  private static final Pattern PART =
      Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Times() {}

  /**
   * @throws DateTimeException if it is none
   */
  public static Instant parseTimestamp(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static Duration parseDuration(String text) {
    boolean negative = text.startsWith("-");
    String magnitude = negative || text.startsWith("+") ? text.substring(1) : text;
    if (magnitude.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(magnitude);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (end < magnitude.length() && part.find(end) && part.start() == end) {
      long unit = NANOS.getOrDefault(part.group(2), 1L);
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
      end = part.end();
    }
    if (end != magnitude.length() || magnitude.isEmpty() || nanos.compareTo(LONG_MAX) > 0) {
      throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
    }
    Duration duration = Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    return negative ? duration.negated() : duration;
  }

  /** Seconds, as {@code string(duration)} writes them: {@code 1.5s}. */
  public static String write(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros();
    return seconds.toPlainString() + "s";
  }
}

package dev.argosy.server.request;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as Go writes them: {@code 1m30s}, {@code 1.5h}, {@code 250ms}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
final class GoDuration {

  private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "\u00b5s", 1_000L,
          "\u03bcs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final int LONGEST_TEXT = 100;

  private GoDuration() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException in Go's words
   */
  static Duration parse(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = PART.matcher(rest);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < rest.length() && rest.length() <= LONGEST_TEXT) {
      if (!part.find(at) || part.start() != at) {
        throw invalid(text);
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2), text)));
      at = part.end();
    }
    if (at == 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw invalid(text);
    }
    Duration found = Duration.ofNanos(nanos.longValue());
    return negative ? found.negated() : found;
  }

  private static BigDecimal unit(String unit, String text) {
    if (unit.isEmpty()) {
      throw new IllegalArgumentException("time: missing unit in duration \"" + text + "\"");
    }
    Long nanos = NANOS.get(unit);
    if (nanos == null) {
      throw new IllegalArgumentException(
          "time: unknown unit \"" + unit + "\" in duration \"" + text + "\"");
    }
    return BigDecimal.valueOf(nanos);
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration \"" + text + "\"");
  }
}

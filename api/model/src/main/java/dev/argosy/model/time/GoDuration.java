package dev.argosy.model.time;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as Go writes them: {@code 1m30s}, {@code 1.5h}, {@code 250ms}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 * @see <a href="https://pkg.go.dev/time#Duration.String">Duration.String</a>
 */
public final class GoDuration {

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
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal SIXTY = BigDecimal.valueOf(60);

  private GoDuration() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException in Go's words
   */
  public static Duration parse(String text) {
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

  /** As Go writes it: {@code 1h0m0s}, {@code 15.003s}, {@code 250ms}, {@code 0s}. */
  public static String text(Duration duration) {
    BigDecimal nanos = nanos(duration.abs());
    String text = nanos.compareTo(SECOND) < 0 ? fraction(nanos) : clock(nanos);
    return duration.isNegative() ? "-" + text : text;
  }

  private static BigDecimal nanos(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .multiply(SECOND)
        .add(BigDecimal.valueOf(duration.getNano()));
  }

  private static String clock(BigDecimal nanos) {
    BigDecimal[] minutes = nanos.divideAndRemainder(SECOND.multiply(SIXTY));
    BigDecimal[] hours = minutes[0].divideAndRemainder(SIXTY);
    String seconds = plain(minutes[1].movePointLeft(9)) + "s";
    if (minutes[0].signum() == 0) {
      return seconds;
    }
    return (hours[0].signum() == 0 ? "" : plain(hours[0]) + "h") + plain(hours[1]) + "m" + seconds;
  }

  /** Less than a second, in the largest unit of which there is one. */
  private static String fraction(BigDecimal nanos) {
    int digits = nanos.precision();
    if (nanos.signum() == 0) {
      return "0s";
    }
    if (digits <= 3) {
      return plain(nanos) + "ns";
    }
    return digits <= 6
        ? plain(nanos.movePointLeft(3)) + "\u00b5s"
        : plain(nanos.movePointLeft(6)) + "ms";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
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

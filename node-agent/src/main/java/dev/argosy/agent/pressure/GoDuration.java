package dev.argosy.agent.pressure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as kubelet's options write them: {@code 1m30s}, {@code 2h}, {@code 500ms}. */
public final class GoDuration {

  private static final Pattern WHOLE = Pattern.compile("0|(\\d+(\\.\\d+)?(ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");
  private static final Map<String, Integer> MILLIS =
      Map.of("ms", 1, "s", 1000, "m", 60_000, "h", 3_600_000);

  private GoDuration() {}

  /**
   * @throws IllegalArgumentException saying how it should be written
   */
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches() || text.length() > 20) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration; one is written like 30s, 1m30s or 2h");
    }
    Matcher parts = PART.matcher(text);
    Duration sum = Duration.ZERO;
    while (parts.find()) {
      BigDecimal unit = BigDecimal.valueOf(MILLIS.getOrDefault(parts.group(2), 0));
      sum = sum.plusMillis(new BigDecimal(parts.group(1)).multiply(unit).longValue());
    }
    return sum;
  }
}

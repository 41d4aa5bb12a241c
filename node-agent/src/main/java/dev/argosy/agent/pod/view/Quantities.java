package dev.argosy.agent.pod.view;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Numbers of resources as the node counts them: bytes and thousandths. */
public final class Quantities {

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("n", new BigDecimal("0.000000001")),
          Map.entry("u", new BigDecimal("0.000001")),
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", new BigDecimal("1000")),
          Map.entry("M", new BigDecimal("1000000")),
          Map.entry("G", new BigDecimal("1000000000")),
          Map.entry("T", new BigDecimal("1000000000000")),
          Map.entry("P", new BigDecimal("1000000000000000")),
          Map.entry("E", new BigDecimal("1000000000000000000")),
          Map.entry("Ki", new BigDecimal(1L << 10)),
          Map.entry("Mi", new BigDecimal(1L << 20)),
          Map.entry("Gi", new BigDecimal(1L << 30)),
          Map.entry("Ti", new BigDecimal(1L << 40)),
          Map.entry("Pi", new BigDecimal(1L << 50)),
          Map.entry("Ei", new BigDecimal(1L << 60)));

  /** More than any machine has, and little enough that many can be added up. */
  private static final long MOST = 1L << 52;

  private Quantities() {}

  /** Whole units, rounded up; 0 for an empty text. What no machine has is 2⁵². */
  public static long whole(String quantity) {
    return up(value(quantity));
  }

  /** Thousandths, rounded up; 0 for an empty text. What no machine has is 2⁵². */
  public static long thousandths(String quantity) {
    return up(value(quantity).movePointRight(3));
  }

  private static long up(BigDecimal amount) {
    return amount.compareTo(BigDecimal.valueOf(MOST)) >= 0
        ? MOST
        : amount.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static BigDecimal value(String quantity) {
    if (quantity.isEmpty()) {
      return BigDecimal.ZERO;
    }
    int end = quantity.length();
    while (end > 0 && Character.isLetter(quantity.charAt(end - 1))) {
      end--;
    }
    BigDecimal unit = UNITS.get(quantity.substring(end));
    return unit == null
        ? new BigDecimal(quantity)
        : new BigDecimal(quantity.substring(0, end)).multiply(unit);
  }
}

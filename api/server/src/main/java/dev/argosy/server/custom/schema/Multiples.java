package dev.argosy.server.custom.schema;

import java.math.BigDecimal;

/**
 * Whether one number divides another, without the cost that numbers such as 1e999999 would have.
 */
final class Multiples {

  private static final int DIGITS = 400;

  private Multiples() {}

  static boolean whole(BigDecimal value, BigDecimal factor) {
    if (value.signum() == 0) {
      return true;
    }
    long spread =
        Math.abs((long) value.scale())
            + Math.abs((long) factor.scale())
            + value.precision()
            + factor.precision();
    return spread > DIGITS
        ? Math.IEEEremainder(value.doubleValue(), factor.doubleValue()) == 0
        : value.remainder(factor).signum() == 0;
  }
}

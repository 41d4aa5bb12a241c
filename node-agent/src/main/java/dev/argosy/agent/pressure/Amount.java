package dev.argosy.agent.pressure;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * So much of something: a number, or a part of all there is.
 *
 * @param part of one; 0 if it is a number
 */
record Amount(long units, double part) {

  static final Amount NOTHING = new Amount(0, 0);

  /**
   * Reads {@code 100Mi} or {@code 5%}.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Amount parse(String text) {
    try {
      if (text.endsWith("%")) {
        BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
        if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
          throw new IllegalArgumentException(text + " is not between 0% and 100%");
        }
        return new Amount(0, percent.movePointLeft(2).doubleValue());
      }
      BigDecimal units = Quantity.parse(text).amount().setScale(0, RoundingMode.CEILING);
      if (units.signum() < 0) {
        throw new IllegalArgumentException(text + " is less than nothing");
      }
      return new Amount(units.longValueExact(), 0);
    } catch (NumberFormatException | ArithmeticException | QuantityFormatException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is neither a quantity such as 100Mi nor a percentage such as 5%", e);
    }
  }

  /** How much that is where there is so much in all. */
  long of(long capacity) {
    return part > 0 ? (long) (capacity * part) : units;
  }
}

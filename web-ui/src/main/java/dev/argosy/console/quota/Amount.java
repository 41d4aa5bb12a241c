package dev.argosy.console.quota;

import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.quantity.QuantityFormatException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An amount of a resource, as people read it: bytes as {@code 1.5 Gi}, cores as {@code 0.25}. */
final class Amount {

  private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final BigDecimal STEP = BigDecimal.valueOf(1024);
  private static final MathContext SHOWN = new MathContext(3, RoundingMode.HALF_UP);

  private Amount() {}

  /** The text as it is if it is no quantity. */
  static String of(String resource, String quantity) {
    BigDecimal amount = value(quantity);
    if (amount == null) {
      return quantity.isEmpty() ? "–" : quantity;
    }
    return inBytes(resource) ? bytes(amount) : plain(amount);
  }

  /** The number that a text stands for; empty if it stands for none. */
  static Optional<BigDecimal> of(String quantity) {
    return Optional.ofNullable(value(quantity));
  }

  /** The part that is used, from 0 to 1 and above; 0 if nothing can be said. */
  static double share(String used, String hard) {
    BigDecimal part = value(used);
    BigDecimal whole = value(hard);
    if (part == null || whole == null) {
      return 0;
    }
    if (whole.signum() <= 0) {
      return part.signum() > 0 ? 1 : 0;
    }
    return part.divide(whole, MathContext.DECIMAL32).doubleValue();
  }

  /**
   * What amounts of a resource are shown in where there are many.
   *
   * @param of one of them, in cores, bytes or pieces
   */
  record Size(String unit, BigDecimal of) {
    BigDecimal of(BigDecimal amount) {
      return amount.divide(of, MathContext.DECIMAL64);
    }
  }

  /** Fit for amounts up to that. */
  static Size size(String resource, BigDecimal most) {
    if (!inBytes(resource)) {
      return new Size(resource.endsWith("cpu") ? "cores" : "pieces", BigDecimal.ONE);
    }
    BigDecimal of = BigDecimal.ONE;
    int unit = 0;
    while (most.compareTo(of.multiply(STEP)) >= 0 && unit < BINARY.length - 1) {
      of = of.multiply(STEP);
      unit++;
    }
    return new Size(BINARY[unit] + (unit == 0 ? "bytes" : "B"), of);
  }

  private static @Nullable BigDecimal value(String quantity) {
    try {
      return quantity.isEmpty() ? null : Quantity.parse(quantity).amount();
    } catch (QuantityFormatException e) {
      return null;
    }
  }

  private static boolean inBytes(String resource) {
    return resource.equals(EtcdAmounts.BYTES)
        || resource.endsWith("memory")
        || resource.endsWith("storage")
        || resource.contains("hugepages-");
  }

  private static String bytes(BigDecimal amount) {
    BigDecimal rest = amount;
    int unit = 0;
    while (rest.abs().compareTo(STEP) >= 0 && unit < BINARY.length - 1) {
      rest = rest.divide(STEP, MathContext.DECIMAL64);
      unit++;
    }
    return unit == 0 ? plain(rest) : plain(rest.round(SHOWN)) + " " + BINARY[unit];
  }

  private static String plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return (stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString();
  }
}

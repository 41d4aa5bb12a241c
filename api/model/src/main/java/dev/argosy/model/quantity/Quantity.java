package dev.argosy.model.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A fixed-point number with a preferred way to be written. Smaller parts than nano are rounded up
 * (away from zero); binary amounts are capped at 2<sup>63</sup>-1. Two quantities are equal if
 * their values are, however they are written.
 */
public final class Quantity implements Comparable<Quantity> {

  /** How a quantity likes to be written. */
  public enum Format {
    /** {@code Ki, Mi, Gi…}. */
    BINARY_SI,
    /** {@code n, u, m, k, M, G…}. */
    DECIMAL_SI,
    /** {@code e3, e6…}. */
    DECIMAL_EXPONENT
  }

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final int MAX_EXPONENT = 1000;

  private final BigDecimal amount;
  private final Format format;

  private Quantity(BigDecimal amount, Format format) {
    this.amount = amount;
    this.format = format;
  }

  /**
   * Reads the text form.
   *
   * @throws QuantityFormatException with the API's words if it is none
   */
  public static Quantity parse(String text) {
    QuantityText parts = QuantityText.split(text);
    BigDecimal value = parts.number();
    Format format = parts.format();
    if (format == Format.BINARY_SI) {
      value = value.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(parts.exponent())));
    } else if (Math.abs(parts.exponent()) > MAX_EXPONENT) {
      throw new QuantityFormatException(QuantityFormatException.NUMERIC);
    } else {
      value = value.scaleByPowerOfTen(parts.exponent());
    }
    return of(value, format);
  }

  /** A quantity of that value, rounded up to nano. */
  public static Quantity of(BigDecimal value, Format format) {
    BigDecimal rounded = value.scale() > 9 ? value.setScale(9, RoundingMode.UP) : value;
    if (format != Format.BINARY_SI) {
      return new Quantity(rounded, format);
    }
    BigDecimal cap = BigDecimal.valueOf(Long.MAX_VALUE);
    BigDecimal magnitude = rounded.abs();
    BigDecimal capped =
        magnitude.compareTo(cap) <= 0 ? rounded : rounded.signum() < 0 ? cap.negate() : cap;
    boolean fraction = magnitude.signum() > 0 && magnitude.compareTo(BigDecimal.ONE) < 0;
    return new Quantity(capped, fraction ? Format.DECIMAL_SI : format);
  }

  /** Whole units, written {@code k, M, G…}. */
  public static Quantity ofUnits(long units) {
    return new Quantity(BigDecimal.valueOf(units), Format.DECIMAL_SI);
  }

  /** Bytes, written {@code Ki, Mi, Gi…}. */
  public static Quantity ofBytes(long bytes) {
    return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI);
  }

  /** Thousandths. */
  public static Quantity ofMillis(long millis) {
    return new Quantity(BigDecimal.valueOf(millis, 3), Format.DECIMAL_SI);
  }

  /**
   * The canonical text of a quantity's text; the same object if it is canonical already.
   *
   * @throws QuantityFormatException if it is no quantity
   */
  public static String canonical(String text) {
    return QuantityText.plainlyCanonical(text) ? text : parse(text).toString();
  }

  public BigDecimal amount() {
    return amount;
  }

  public Format format() {
    return format;
  }

  /** Whole units, rounded up (away from zero); the nearest long if there are too many. */
  public long value() {
    return clamp(amount.setScale(0, RoundingMode.UP).toBigIntegerExact());
  }

  /** Thousandths, rounded up (away from zero); the nearest long if there are too many. */
  public long milliValue() {
    return clamp(amount.scaleByPowerOfTen(3).setScale(0, RoundingMode.UP).toBigIntegerExact());
  }

  private static long clamp(BigInteger value) {
    return value.min(LONG_MAX).max(LONG_MIN).longValueExact();
  }

  /** The sum, written as this one is; as the other if this is zero. */
  public Quantity add(Quantity other) {
    return new Quantity(amount.add(other.amount), signum() == 0 ? other.format : format);
  }

  /** The difference, written as this one is; as the other if this is zero. */
  public Quantity subtract(Quantity other) {
    return new Quantity(amount.subtract(other.amount), signum() == 0 ? other.format : format);
  }

  /** Rounded up (away from zero) to thousandths, as resource lists are. */
  public Quantity roundUpToMilli() {
    return amount.scale() <= 3 ? this : new Quantity(amount.setScale(3, RoundingMode.UP), format);
  }

  /** -1, 0 or 1. */
  public int signum() {
    return amount.signum();
  }

  /** Whether it has no fraction. */
  public boolean integral() {
    return amount.signum() == 0 || amount.stripTrailingZeros().scale() <= 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity quantity && amount.compareTo(quantity.amount) == 0;
  }

  @Override
  public int hashCode() {
    return amount.stripTrailingZeros().hashCode();
  }

  /** The canonical form. */
  @Override
  public String toString() {
    return QuantityText.write(amount, format);
  }
}

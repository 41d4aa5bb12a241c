package dev.argosy.model.quantity;

import dev.argosy.model.quantity.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The parts of a quantity's text, and its canonical form.
 *
 * @param number what stands before the suffix
 * @param format what the suffix says
 * @param exponent of 2 for binary formats, of 10 otherwise
 */
record QuantityText(BigDecimal number, Format format, int exponent) {

  private static final String DECIMAL = "num kMGTPE";
  private static final String BINARY = "KMGTPE";
  private static final BigInteger KIBI = BigInteger.valueOf(1024);
  private static final int MAX_LENGTH = 256;

  static QuantityText split(String text) {
    int end = numberEnd(text);
    String number = text.substring(0, end);
    String suffix = text.substring(end);
    if (end == 0 || !wellFormed(suffix) || text.length() > MAX_LENGTH) {
      throw new QuantityFormatException(QuantityFormatException.FORM);
    }
    BigDecimal value;
    try {
      value = new BigDecimal(number);
    } catch (NumberFormatException e) {
      throw new QuantityFormatException(
          number.indexOf('.') == number.lastIndexOf('.')
              ? QuantityFormatException.NUMERIC
              : QuantityFormatException.FORM);
    }
    return suffixed(value, suffix);
  }

  private static int numberEnd(String text) {
    int i = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    int start = i;
    while (i < text.length() && (digit(text.charAt(i)) || text.charAt(i) == '.')) {
      i++;
    }
    return i == start ? 0 : i;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean wellFormed(String suffix) {
    int i = 0;
    while (i < suffix.length() && "eEinumkKMGTP".indexOf(suffix.charAt(i)) >= 0) {
      i++;
    }
    if (i < suffix.length() && (suffix.charAt(i) == '-' || suffix.charAt(i) == '+')) {
      i++;
    }
    while (i < suffix.length() && digit(suffix.charAt(i))) {
      i++;
    }
    return i == suffix.length();
  }

  private static QuantityText suffixed(BigDecimal value, String suffix) {
    if (suffix.isEmpty()) {
      return new QuantityText(value, Format.DECIMAL_SI, 0);
    }
    if (suffix.length() == 1 && suffix.charAt(0) != ' ') {
      int at = DECIMAL.indexOf(suffix.charAt(0));
      if (at >= 0) {
        return new QuantityText(value, Format.DECIMAL_SI, (at - 3) * 3);
      }
    }
    if (suffix.length() == 2 && suffix.charAt(1) == 'i' && BINARY.indexOf(suffix.charAt(0)) >= 0) {
      int power = BINARY.indexOf(suffix.charAt(0)) + 1;
      return new QuantityText(value, Format.BINARY_SI, power * 10);
    }
    if (suffix.length() > 1 && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')) {
      try {
        int exponent = Integer.parseInt(suffix.substring(1));
        return new QuantityText(value, Format.DECIMAL_EXPONENT, exponent);
      } catch (NumberFormatException e) {
        throw new QuantityFormatException(QuantityFormatException.SUFFIX);
      }
    }
    throw new QuantityFormatException(QuantityFormatException.SUFFIX);
  }

  /** A quick look that finds most canonical texts: few digits, no need to shift the suffix. */
  static boolean plainlyCanonical(String text) {
    int length = text.length();
    int digits = 0;
    while (digits < length && digit(text.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 15 || text.charAt(0) == '0') {
      return length == 1 && text.equals("0");
    }
    String suffix = text.substring(digits);
    return switch (suffix) {
      case "", "m", "k", "M", "G" -> digits < 4 || !text.startsWith("000", digits - 3);
      case "Ki", "Mi", "Gi" -> Long.parseLong(text, 0, digits, 10) % 1024 != 0;
      default -> false;
    };
  }

  static String write(BigDecimal amount, Format format) {
    if (amount.signum() == 0) {
      return "0";
    }
    boolean small = amount.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
    if (format == Format.BINARY_SI && !small) {
      return writeBinary(amount);
    }
    return writeDecimal(amount, format == Format.DECIMAL_EXPONENT);
  }

  private static String writeBinary(BigDecimal amount) {
    BigInteger number = amount.setScale(0, RoundingMode.UP).toBigIntegerExact();
    int power = 0;
    while (power < BINARY.length() && number.mod(KIBI).signum() == 0) {
      number = number.divide(KIBI);
      power++;
    }
    return power == 0 ? number.toString() : number + "" + BINARY.charAt(power - 1) + "i";
  }

  private static String writeDecimal(BigDecimal amount, boolean asExponent) {
    BigDecimal stripped = amount.stripTrailingZeros();
    int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
    if (!asExponent && exponent > 18) {
      exponent = 18;
    }
    BigInteger mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
    if (exponent == 0) {
      return mantissa.toString();
    }
    return mantissa + (asExponent ? "e" + exponent : "" + DECIMAL.charAt(exponent / 3 + 3));
  }
}

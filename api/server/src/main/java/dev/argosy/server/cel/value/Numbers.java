package dev.argosy.server.cel.value;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Numbers of different types, compared by value. */
public final class Numbers {

  public static final int EQUAL = 0;

  /** Of NaN and anything. */
  public static final int INCOMPARABLE = 2;

  private Numbers() {}

  public static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof UnsignedLong;
  }

  static boolean sameType(Object left, Object right) {
    return left.getClass() == right.getClass();
  }

  /** -1, 0, 1, or {@link #INCOMPARABLE}. */
  public static int compare(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return Long.compare(a, b);
    }
    if (left instanceof Double || right instanceof Double) {
      double a = ((Number) left).doubleValue();
      double b = ((Number) right).doubleValue();
      if (Double.isNaN(a) || Double.isNaN(b)) {
        return INCOMPARABLE;
      }
      if (Double.isInfinite(a) || Double.isInfinite(b)) {
        return Double.compare(a, b);
      }
    }
    return Integer.signum(exact(left).compareTo(exact(right)));
  }

  private static BigDecimal exact(Object number) {
    return switch (number) {
      case Long value -> BigDecimal.valueOf(value);
      case UnsignedLong value -> new BigDecimal(value.bigIntegerValue());
      case Double value -> new BigDecimal(value);
      default -> throw new IllegalArgumentException("not a number");
    };
  }

  /** The same number in the types that map keys can have. */
  static List<Object> sameNumbers(Object number) {
    List<Object> same = new ArrayList<>(2);
    try {
      BigDecimal value = exact(number);
      if (value.signum() == 0 || value.stripTrailingZeros().scale() <= 0) {
        if (value.toBigInteger().bitLength() < Long.SIZE) {
          same.add(value.longValueExact());
        }
        if (value.signum() >= 0 && value.toBigInteger().bitLength() <= Long.SIZE) {
          same.add(UnsignedLong.valueOf(value.toBigIntegerExact()));
        }
      }
    } catch (NumberFormatException e) {
      return List.of(); // NaN and the infinities are no keys
    }
    return same;
  }
}

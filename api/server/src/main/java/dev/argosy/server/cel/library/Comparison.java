package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Equality;
import dev.argosy.server.cel.value.Numbers;
import dev.cel.common.Operator;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** {@code == != < <= > >= in !}. */
final class Comparison {

  private Comparison() {}

  static void define(FunctionTable.Builder functions) {
    functions.costs(Costs.comparing());
    functions.add(Operator.EQUALS.getFunction(), Object.class, Object.class, Equality::equal);
    functions.add(
        Operator.NOT_EQUALS.getFunction(),
        Object.class,
        Object.class,
        (a, b) -> !Equality.equal(a, b));
    ordering(functions, Operator.LESS, order -> order < 0);
    ordering(functions, Operator.LESS_EQUALS, order -> order <= 0);
    ordering(functions, Operator.GREATER, order -> order > 0);
    ordering(functions, Operator.GREATER_EQUALS, order -> order >= 0);
    functions.costsOne();
    functions.add(Operator.LOGICAL_NOT.getFunction(), Boolean.class, value -> !value);
    functions.costs(Costs.itemsOf(1));
    functions.add(
        Operator.IN.getFunction(),
        Object.class,
        List.class,
        (item, list) -> Equality.contains((List<?>) list, item));
    functions.costsOne();
    functions.add(
        Operator.IN.getFunction(),
        Object.class,
        Map.class,
        (key, map) -> Equality.isKey(key) && Equality.find((Map<?, ?>) map, key) != null);
  }

  private static void ordering(
      FunctionTable.Builder functions, Operator operator, IntPredicate fits) {
    String name = operator.getFunction();
    functions.costs(Costs.comparing());
    functions.add(name, String.class, String.class, (a, b) -> fits.test(compareText(a, b)));
    functions.add(
        name, CelByteString.class, CelByteString.class, (a, b) -> fits.test(compareBytes(a, b)));
    functions.costsOne();
    functions.add(
        name,
        Number.class,
        Number.class,
        (a, b) -> {
          int order = Numbers.compare(a, b);
          return order != Numbers.INCOMPARABLE && fits.test(order);
        });
    functions.add(name, Boolean.class, Boolean.class, (a, b) -> fits.test(Boolean.compare(a, b)));
    functions.add(name, Instant.class, Instant.class, (a, b) -> fits.test(a.compareTo(b)));
    functions.add(name, Duration.class, Duration.class, (a, b) -> fits.test(a.compareTo(b)));
  }

  /** By code points, not by UTF-16 units. */
  static int compareText(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean sameKind = Character.isSurrogate(x) == Character.isSurrogate(y);
        return sameKind ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareBytes(CelByteString a, CelByteString b) {
    return Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
  }

  /**
   * The order of two values that can be ordered.
   *
   * @throws EvalError if they cannot
   */
  static int compare(Object left, Object right) {
    if (left instanceof Number && right instanceof Number) {
      return Numbers.compare(left, right);
    }
    if (left instanceof String a && right instanceof String b) {
      return compareText(a, b);
    }
    if (left instanceof CelByteString a && right instanceof CelByteString b) {
      return compareBytes(a, b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return Boolean.compare(a, b);
    }
    if (left instanceof Instant a && right instanceof Instant b) {
      return a.compareTo(b);
    }
    if (left instanceof Duration a && right instanceof Duration b) {
      return a.compareTo(b);
    }
    throw EvalError.noSuchOverload();
  }
}

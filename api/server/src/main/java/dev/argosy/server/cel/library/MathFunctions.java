package dev.argosy.server.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Numbers;
import dev.cel.extensions.CelExtensions;
import java.util.List;
import java.util.Objects;
import java.util.function.LongBinaryOperator;

/** CEL's extension for mathematics. */
final class MathFunctions implements Library {

  @Override
  public void declare(Declarations declarations) {
    declarations.functions(CelExtensions.math().functions());
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costsOne();
    extremes(functions, "math.@min", -1);
    extremes(functions, "math.@max", 1);
    rounding(functions);
    functions.add("math.abs", Double.class, Math::abs);
    functions.add("math.abs", UnsignedLong.class, value -> value);
    functions.add("math.abs", Long.class, MathFunctions::abs);
    functions.add("math.sign", Double.class, value -> value.isNaN() ? value : Math.signum(value));
    functions.add("math.sign", Long.class, value -> (long) Long.signum(value));
    functions.add(
        "math.sign",
        UnsignedLong.class,
        value -> value.equals(UnsignedLong.ZERO) ? value : UnsignedLong.ONE);
    functions.add("math.sqrt", Number.class, value -> Math.sqrt(value.doubleValue()));
    bits(functions);
  }

  private static void extremes(FunctionTable.Builder functions, String name, int sign) {
    functions.add(name, Number.class, value -> value);
    functions.add(name, Number.class, Number.class, (a, b) -> extreme(a, b, sign));
    functions.add(name, List.class, list -> extreme((List<?>) list, sign, name));
  }

  private static Object extreme(Object a, Object b, int sign) {
    return Numbers.compare(a, b) * sign >= 0 ? a : b;
  }

  private static Object extreme(List<?> list, int sign, String name) {
    Object best = null;
    for (Object item : list) {
      if (!(Objects.requireNonNull(item) instanceof Number)) {
        throw EvalError.noSuchOverload();
      }
      best = best == null ? item : extreme(best, item, sign);
    }
    if (best == null) {
      throw new EvalError(name + "(list) argument must not be empty");
    }
    return best;
  }

  private static void rounding(FunctionTable.Builder functions) {
    functions.add("math.ceil", Double.class, Math::ceil);
    functions.add("math.floor", Double.class, Math::floor);
    functions.add(
        "math.trunc", Double.class, value -> value < 0 ? Math.ceil(value) : Math.floor(value));
    functions.add("math.round", Double.class, MathFunctions::round);
    functions.add("math.isNaN", Double.class, value -> value.isNaN());
    functions.add("math.isInf", Double.class, value -> value.isInfinite());
    functions.add("math.isFinite", Double.class, value -> !value.isNaN() && !value.isInfinite());
  }

  /** Halves are rounded away from zero. */
  private static Double round(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return value;
    }
    double whole = Math.floor(Math.abs(value) + 0.5);
    return Math.copySign(whole, value);
  }

  private static Long abs(long value) {
    if (value == Long.MIN_VALUE) {
      throw new EvalError("integer overflow");
    }
    return Math.abs(value);
  }

  private static void bits(FunctionTable.Builder functions) {
    bit(functions, "math.bitAnd", (a, b) -> a & b);
    bit(functions, "math.bitOr", (a, b) -> a | b);
    bit(functions, "math.bitXor", (a, b) -> a ^ b);
    functions.add("math.bitNot", Long.class, value -> ~value);
    functions.add(
        "math.bitNot", UnsignedLong.class, value -> UnsignedLong.fromLongBits(~value.longValue()));
    shift(functions, "math.bitShiftLeft", (value, by) -> value << by);
    shift(functions, "math.bitShiftRight", (value, by) -> value >>> by);
  }

  private static void bit(
      FunctionTable.Builder functions, String name, LongBinaryOperator operation) {
    functions.add(name, Long.class, Long.class, operation::applyAsLong);
    functions.add(
        name,
        UnsignedLong.class,
        UnsignedLong.class,
        (a, b) -> UnsignedLong.fromLongBits(operation.applyAsLong(a.longValue(), b.longValue())));
  }

  private static void shift(
      FunctionTable.Builder functions, String name, LongBinaryOperator operation) {
    functions.add(name, Long.class, Long.class, (value, by) -> shifted(operation, value, by));
    functions.add(
        name,
        UnsignedLong.class,
        Long.class,
        (value, by) -> UnsignedLong.fromLongBits(shifted(operation, value.longValue(), by)));
  }

  private static long shifted(LongBinaryOperator operation, long value, long by) {
    if (by < 0) {
      throw new EvalError("math.bitShift() negative offset: " + by);
    }
    return by > 63 ? 0 : operation.applyAsLong(value, by);
  }
}

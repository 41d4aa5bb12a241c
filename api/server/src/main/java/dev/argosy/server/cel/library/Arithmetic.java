package dev.argosy.server.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.common.Operator;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/** {@code + - * / %} of numbers, and of points in time. Overflow is an error. */
final class Arithmetic {

  private static final BigInteger UINT_MAX = UnsignedLong.MAX_VALUE.bigIntegerValue();
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private Arithmetic() {}

  static void define(FunctionTable.Builder functions) {
    functions.costsOne();
    ints(functions);
    uints(functions);
    doubles(functions);
    times(functions);
  }

  private static void ints(FunctionTable.Builder functions) {
    integer(functions, Operator.ADD, Math::addExact);
    integer(functions, Operator.SUBTRACT, Math::subtractExact);
    integer(functions, Operator.MULTIPLY, Math::multiplyExact);
    integer(functions, Operator.DIVIDE, (a, b) -> Math.divideExact(a, nonZero(b, "division")));
    integer(functions, Operator.MODULO, (a, b) -> modulo(a, nonZero(b, "modulus")));
    functions.add(
        Operator.NEGATE.getFunction(), Long.class, a -> checked(() -> Math.negateExact(a)));
  }

  private static Long modulo(long a, long b) {
    if (a == Long.MIN_VALUE && b == -1) {
      throw new EvalError("integer overflow");
    }
    return a % b;
  }

  private static void integer(
      FunctionTable.Builder functions, Operator operator, BinaryOperator<Long> operation) {
    functions.add(
        operator.getFunction(),
        Long.class,
        Long.class,
        (a, b) -> checked(() -> operation.apply(a, b)));
  }

  private static Object checked(Supplier<Object> operation) {
    try {
      return operation.get();
    } catch (ArithmeticException e) {
      throw new EvalError("integer overflow");
    }
  }

  private static long nonZero(long divisor, String what) {
    if (divisor == 0) {
      throw new EvalError(what + " by zero");
    }
    return divisor;
  }

  private static void uints(FunctionTable.Builder functions) {
    unsigned(functions, Operator.ADD, BigInteger::add);
    unsigned(functions, Operator.SUBTRACT, BigInteger::subtract);
    unsigned(functions, Operator.MULTIPLY, BigInteger::multiply);
    unsigned(functions, Operator.DIVIDE, (a, b) -> a.divide(nonZero(b, "division")));
    unsigned(functions, Operator.MODULO, (a, b) -> a.mod(nonZero(b, "modulus")));
  }

  private static BigInteger nonZero(BigInteger divisor, String what) {
    if (divisor.signum() == 0) {
      throw new EvalError(what + " by zero");
    }
    return divisor;
  }

  private static void unsigned(
      FunctionTable.Builder functions, Operator operator, BinaryOperator<BigInteger> operation) {
    functions.add(
        operator.getFunction(),
        UnsignedLong.class,
        UnsignedLong.class,
        (a, b) -> uint(operation.apply(a.bigIntegerValue(), b.bigIntegerValue())));
  }

  static UnsignedLong uint(BigInteger value) {
    if (value.signum() < 0 || value.compareTo(UINT_MAX) > 0) {
      throw new EvalError("unsigned integer overflow");
    }
    return UnsignedLong.valueOf(value);
  }

  private static void doubles(FunctionTable.Builder functions) {
    functions.add(Operator.ADD.getFunction(), Double.class, Double.class, Double::sum);
    functions.add(Operator.SUBTRACT.getFunction(), Double.class, Double.class, (a, b) -> a - b);
    functions.add(Operator.MULTIPLY.getFunction(), Double.class, Double.class, (a, b) -> a * b);
    functions.add(Operator.DIVIDE.getFunction(), Double.class, Double.class, (a, b) -> a / b);
    functions.add(Operator.NEGATE.getFunction(), Double.class, a -> -a);
  }

  private static void times(FunctionTable.Builder functions) {
    String add = Operator.ADD.getFunction();
    String subtract = Operator.SUBTRACT.getFunction();
    functions.add(
        add, Instant.class, Duration.class, (time, span) -> moment(() -> time.plus(span)));
    functions.add(
        add, Duration.class, Instant.class, (span, time) -> moment(() -> time.plus(span)));
    functions.add(add, Duration.class, Duration.class, (a, b) -> span(() -> a.plus(b)));
    functions.add(
        subtract, Instant.class, Duration.class, (time, span) -> moment(() -> time.minus(span)));
    functions.add(subtract, Duration.class, Duration.class, (a, b) -> span(() -> a.minus(b)));
    functions.add(
        subtract, Instant.class, Instant.class, (a, b) -> span(() -> Duration.between(b, a)));
    functions.add(Operator.NEGATE.getFunction(), Duration.class, a -> span(a::negated));
  }

  /** A timestamp that CEL can hold. */
  static Instant moment(Supplier<Instant> operation) {
    try {
      Instant time = operation.get();
      if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
        return time;
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw new EvalError("timestamp overflow");
    }
    throw new EvalError("timestamp overflow");
  }

  /** A duration that CEL can hold: one whose nanoseconds fit a long. */
  static Duration span(Supplier<Duration> operation) {
    try {
      return Duration.ofNanos(operation.get().toNanos());
    } catch (ArithmeticException e) {
      throw new EvalError("duration overflow");
    }
  }
}

package dev.argosy.server.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Times;
import dev.argosy.server.cel.value.Values;
import dev.cel.common.values.CelByteString;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** {@code int(x) uint(x) double(x) string(x) bytes(x) bool(x) timestamp(x) duration(x) type(x)}. */
final class Conversion {

  private static final Set<String> TRUE = Set.of("1", "t", "true", "TRUE", "True", "T");
  private static final Set<String> FALSE = Set.of("0", "f", "false", "FALSE", "False", "F");

  private Conversion() {}

  static void define(FunctionTable.Builder functions) {
    functions.costsOne();
    functions.add("type", Object.class, Values::type);
    functions.add("dyn", Object.class, value -> value);
    toInt(functions);
    toUint(functions);
    toDouble(functions);
    toText(functions);
    functions.add("bool", Boolean.class, value -> value);
    functions.add("bool", String.class, Conversion::bool);
    toTimes(functions);
  }

  private static void toInt(FunctionTable.Builder functions) {
    functions.add("int", Long.class, value -> value);
    functions.add(
        "int", UnsignedLong.class, value -> integer(new BigDecimal(value.bigIntegerValue())));
    functions.add("int", Double.class, value -> integer(finite(value)));
    functions.add(
        "int",
        String.class,
        text -> {
          try {
            return Long.parseLong(text);
          } catch (NumberFormatException e) {
            throw new EvalError("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
          }
        });
    functions.add("int", Instant.class, Instant::getEpochSecond);
    functions.add("int", Duration.class, Duration::toNanos);
  }

  private static Long integer(BigDecimal value) {
    BigInteger whole = value.toBigInteger();
    if (whole.bitLength() >= Long.SIZE) {
      throw new EvalError("integer overflow");
    }
    return whole.longValueExact();
  }

  private static BigDecimal finite(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new EvalError("integer overflow");
    }
    return new BigDecimal(value);
  }

  private static void toUint(FunctionTable.Builder functions) {
    functions.add("uint", UnsignedLong.class, value -> value);
    functions.add("uint", Long.class, value -> Arithmetic.uint(BigInteger.valueOf(value)));
    functions.add("uint", Double.class, value -> Arithmetic.uint(finite(value).toBigInteger()));
    functions.add(
        "uint",
        String.class,
        text -> {
          try {
            return UnsignedLong.valueOf(text);
          } catch (NumberFormatException e) {
            throw new EvalError("strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
          }
        });
  }

  private static void toDouble(FunctionTable.Builder functions) {
    functions.add("double", Double.class, value -> value);
    functions.add("double", Number.class, Number::doubleValue);
    functions.add(
        "double",
        String.class,
        text -> {
          try {
            return Double.parseDouble(text);
          } catch (NumberFormatException e) {
            throw new EvalError("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
          }
        });
  }

  private static void toText(FunctionTable.Builder functions) {
    functions.add("string", Number.class, Conversion::string);
    functions.add("string", String.class, value -> value);
    functions.add("string", Boolean.class, String::valueOf);
    functions.add("string", Instant.class, Instant::toString);
    functions.add("string", Duration.class, Times::write);
    functions.costs(Costs.readingOf(0));
    functions.add("string", CelByteString.class, Conversion::utf8);
    functions.add(
        "bytes", String.class, text -> CelByteString.of(text.getBytes(StandardCharsets.UTF_8)));
    functions.costsOne();
    functions.add("bytes", CelByteString.class, value -> value);
  }

  private static Object utf8(CelByteString bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new EvalError("invalid UTF-8 in bytes, cannot convert to string");
    }
  }

  /** As Go's {@code strconv} writes numbers: {@code 1}, {@code 1.5}, {@code 1e+21}. */
  static String string(Number number) {
    if (!(number instanceof Double value)) {
      return number.toString();
    }
    if (value.isNaN()) {
      return "NaN";
    }
    if (value.isInfinite()) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    BigDecimal exact = new BigDecimal(value.toString()).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exact.signum() == 0 || (exponent >= -5 && exponent < 21)) {
      return exact.signum() == 0 ? "0" : exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    int size = Math.abs(exponent);
    return (exact.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (size < 10 ? "0" + size : size);
  }

  private static Boolean bool(String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    throw new EvalError("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
  }

  private static void toTimes(FunctionTable.Builder functions) {
    functions.add("timestamp", Instant.class, value -> value);
    functions.add(
        "timestamp",
        Long.class,
        seconds -> Arithmetic.moment(() -> Instant.ofEpochSecond(seconds)));
    functions.add("timestamp", String.class, Conversion::timestamp);
    functions.add("duration", Duration.class, value -> value);
    functions.add(
        "duration",
        String.class,
        text -> {
          try {
            return Times.parseDuration(text);
          } catch (IllegalArgumentException e) {
            throw new EvalError(String.valueOf(e.getMessage()));
          }
        });
  }

  private static Instant timestamp(String text) {
    try {
      Instant time = Times.parseTimestamp(text);
      return Arithmetic.moment(() -> time);
    } catch (DateTimeException e) {
      throw new EvalError("invalid timestamp \"" + text + "\"");
    }
  }
}

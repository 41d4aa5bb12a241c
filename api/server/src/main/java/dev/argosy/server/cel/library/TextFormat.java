package dev.argosy.server.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.value.Times;
import dev.argosy.server.cel.value.TypeName;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * {@code 'a %s'.format([x])}: verbs s, d, f, e, b, o, x, X and %%, with a precision for f and e.
 */
final class TextFormat {

  private static final int MAX_PRECISION = 1_000;

  private final String format;
  private final List<?> arguments;
  private int next;

  TextFormat(String format, List<?> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  String write() {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else if (at < format.length() && format.charAt(at) == '%') {
        out.append('%');
        at++;
      } else {
        at = clause(out, at);
      }
    }
    if (next < arguments.size()) {
      throw new EvalError("too many arguments supplied to string.format()");
    }
    return out.toString();
  }

  private int clause(StringBuilder out, int start) {
    int at = start;
    int precision = 6;
    if (at < format.length() && format.charAt(at) == '.') {
      int digits = at + 1;
      for (at = digits; at < format.length() && Character.isDigit(format.charAt(at)); at++) {}
      precision = precision(format.substring(digits, at));
    }
    if (at >= format.length()) {
      throw new EvalError("could not parse formatting clause: unexpected end of string");
    }
    char verb = format.charAt(at);
    if (next >= arguments.size()) {
      throw new EvalError("index " + next + " out of range");
    }
    Object argument = arguments.get(next++);
    out.append(verb(verb, argument, precision));
    return at + 1;
  }

  private static int precision(String digits) {
    int precision = digits.isEmpty() || digits.length() > 6 ? -1 : Integer.parseInt(digits);
    if (precision < 0 || precision > MAX_PRECISION) {
      throw new EvalError("could not parse formatting clause: precision is no usable number");
    }
    return precision;
  }

  private static String verb(char verb, Object value, int precision) {
    return switch (verb) {
      case 's' -> text(value);
      case 'd' -> decimal(value);
      case 'f' -> fixed(value, precision);
      case 'e' -> scientific(value, precision);
      case 'b' -> radix(value, 2, verb);
      case 'o' -> radix(value, 8, verb);
      case 'x' -> hex(value);
      case 'X' -> hex(value).toUpperCase(Locale.ROOT);
      default ->
          throw new EvalError(
              "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
    };
  }

  static String text(Object value) {
    return switch (value) {
      case NullValue none -> "null";
      case Number number -> Conversion.string(number);
      case Duration span -> Times.write(span);
      case Instant time -> time.toString();
      case CelByteString bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8);
      case List<?> list -> {
        StringJoiner joined = new StringJoiner(", ", "[", "]");
        list.forEach(item -> joined.add(text(item)));
        yield joined.toString();
      }
      case Map<?, ?> map -> {
        TreeMap<String, String> sorted = new TreeMap<>();
        map.forEach((key, entry) -> sorted.put(text(key), text(entry)));
        StringJoiner joined = new StringJoiner(", ", "{", "}");
        sorted.forEach((key, entry) -> joined.add(key + ": " + entry));
        yield joined.toString();
      }
      case String text -> text;
      case Boolean bool -> bool.toString();
      case TypeName type -> type.name();
      default ->
          throw new EvalError(
              "error during formatting: string clause can only be used on strings, bools, bytes,"
                  + " ints, doubles, maps, lists, types, durations, and timestamps");
    };
  }

  private static String decimal(Object value) {
    if (value instanceof Long || value instanceof UnsignedLong) {
      return value.toString();
    }
    throw wrong("decimal clause can only be used on integers");
  }

  private static String fixed(Object value, int precision) {
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }
    throw wrong("fixed-point clause can only be used on doubles");
  }

  private static String scientific(Object value, int precision) {
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return String.format(Locale.ROOT, "%." + precision + "e", number);
    }
    throw wrong("scientific clause can only be used on doubles");
  }

  private static String radix(Object value, int radix, char verb) {
    return switch (value) {
      case Long number -> Long.toString(number, radix);
      case UnsignedLong number -> number.toString(radix);
      case Boolean bool when verb == 'b' -> bool ? "1" : "0";
      default ->
          throw wrong(
              verb == 'b'
                  ? "only integers and bools can be formatted as binary"
                  : "octal clause can only be used on integers");
    };
  }

  private static String hex(Object value) {
    return switch (value) {
      case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
      case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
      case Long number -> Long.toString(number, 16);
      case UnsignedLong number -> number.toString(16);
      default -> throw wrong("only integers, byte buffers, and strings can be formatted as hex");
    };
  }

  private static EvalError wrong(String what) {
    return new EvalError("error during formatting: " + what);
  }
}

package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.argosy.server.cel.value.Values;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** CEL's string extension, with {@code format}. Indexes count characters, not UTF-16 units. */
final class Texts implements Library {

  @Override
  public void declare(Declarations declarations) {
    declarations
        .functions(CelExtensions.strings().functions())
        .method(
            "format",
            "string_format_list",
            SimpleType.STRING,
            SimpleType.STRING,
            ListType.create(SimpleType.DYN));
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    positions(functions);
    cases(functions);
    parts(functions);
    functions.costs(Costs.readingOf(0));
    functions.add(
        "format",
        String.class,
        List.class,
        (format, arguments) -> new TextFormat(format, (List<?>) arguments).write());
    functions.add("strings.quote", String.class, Texts::quote);
  }

  private static void positions(FunctionTable.Builder functions) {
    functions.costsOne();
    functions.add("charAt", String.class, Long.class, Texts::charAt);
    functions.costs((arguments, result) -> Costs.traversal(arguments[0]));
    functions.add("indexOf", String.class, String.class, (text, part) -> indexOf(text, part, 0));
    functions.add("indexOf", String.class, String.class, Long.class, Texts::indexOf);
    functions.add(
        "lastIndexOf", String.class, String.class, (t, part) -> lastIndexOf(t, part, length(t)));
    functions.add("lastIndexOf", String.class, String.class, Long.class, Texts::lastIndexOf);
  }

  private static void cases(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add("lowerAscii", String.class, text -> ascii(text, 'A', 'Z', 32));
    functions.add("upperAscii", String.class, text -> ascii(text, 'a', 'z', -32));
    functions.add("trim", String.class, String::strip);
    functions.add("reverse", String.class, text -> new StringBuilder(text).reverse().toString());
    functions.add(
        "substring", String.class, Long.class, (t, from) -> substring(t, from, length(t)));
    functions.add("substring", String.class, Long.class, Long.class, Texts::substring);
  }

  private static void parts(FunctionTable.Builder functions) {
    functions.costs((arguments, result) -> Costs.reading(2 * Values.size(arguments[0])));
    functions.add(
        "replace",
        String.class,
        String.class,
        String.class,
        (text, old, fresh) -> text.replace(old, fresh));
    functions.add(
        "replace",
        List.of(String.class, String.class, String.class, Long.class),
        a -> replace((String) a[0], (String) a[1], (String) a[2], (Long) a[3]));
    functions.add("split", String.class, String.class, (text, by) -> split(text, by, -1L));
    functions.add("split", String.class, String.class, Long.class, Texts::split);
    functions.costs((arguments, result) -> Costs.reading(2 * Values.size(result)));
    functions.add("join", List.class, list -> join((List<?>) list, ""));
    functions.add("join", List.class, String.class, (list, by) -> join((List<?>) list, by));
  }

  private static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String charAt(String text, long index) {
    long length = length(text);
    if (index < 0 || index > length) {
      throw new EvalError("index out of range: " + index);
    }
    return index == length ? "" : substring(text, index, index + 1);
  }

  private static String substring(String text, long from, long to) {
    long length = length(text);
    if (from < 0 || from > length) {
      throw new EvalError("index out of range: " + from);
    }
    if (to < 0 || to > length) {
      throw new EvalError("index out of range: " + to);
    }
    if (from > to) {
      throw new EvalError("invalid substring range. start: " + from + ", end: " + to);
    }
    int start = text.offsetByCodePoints(0, (int) from);
    return text.substring(start, text.offsetByCodePoints(start, (int) (to - from)));
  }

  private static Long indexOf(String text, String part, long from) {
    if (part.isEmpty()) {
      return from;
    }
    if (from < 0 || from > length(text)) {
      throw new EvalError("index out of range: " + from);
    }
    int found = text.indexOf(part, text.offsetByCodePoints(0, (int) from));
    return found < 0 ? -1L : (long) text.codePointCount(0, found);
  }

  private static Long lastIndexOf(String text, String part, long from) {
    if (from < 0 || from > length(text)) {
      throw new EvalError("index out of range: " + from);
    }
    if (part.isEmpty()) {
      return from;
    }
    int found = text.lastIndexOf(part, text.offsetByCodePoints(0, (int) from));
    return found < 0 ? -1L : (long) text.codePointCount(0, found);
  }

  private static String ascii(String text, char first, char last, int shift) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < changed.length(); i++) {
      char c = changed.charAt(i);
      if (c >= first && c <= last) {
        changed.setCharAt(i, (char) (c + shift));
      }
    }
    return changed.toString();
  }

  private static String replace(String text, String old, String fresh, long times) {
    if (times < 0) {
      return text.replace(old, fresh);
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (long done = 0; done < times; done++) {
      int found = text.indexOf(old, at);
      if (found < 0 || (old.isEmpty() && at >= text.length())) {
        break;
      }
      out.append(text, at, found).append(fresh);
      at = found + old.length();
      if (old.isEmpty()) {
        int next = text.offsetByCodePoints(at, 1);
        out.append(text, at, next);
        at = next;
      }
    }
    return out.append(text.substring(at)).toString();
  }

  private static List<Object> split(String text, String separator, long limit) {
    if (limit == 0) {
      return List.of();
    }
    List<Object> parts = new ArrayList<>();
    if (separator.isEmpty()) {
      text.codePoints().mapToObj(Character::toString).forEach(parts::add);
      if (limit > 0 && parts.size() > limit) {
        List<Object> rest = parts.subList((int) limit - 1, parts.size());
        String last = join(rest, "");
        rest.clear();
        parts.add(last);
      }
      return List.copyOf(parts);
    }
    int at = 0;
    for (int found = text.indexOf(separator);
        found >= 0 && (limit < 0 || parts.size() < limit - 1);
        found = text.indexOf(separator, at)) {
      parts.add(text.substring(at, found));
      at = found + separator.length();
    }
    parts.add(text.substring(at));
    return List.copyOf(parts);
  }

  private static String join(List<?> parts, String separator) {
    StringJoiner joined = new StringJoiner(separator);
    for (Object part : parts) {
      if (!(part instanceof String text)) {
        throw EvalError.noSuchOverload();
      }
      joined.add(text);
    }
    return joined.toString();
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          int special = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
          if (special >= 0) {
            quoted.append('\\').append("abfnrtv\\\"".charAt(special));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}

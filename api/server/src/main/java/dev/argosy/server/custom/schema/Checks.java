package dev.argosy.server.custom.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the checks of a schema: limits, enumerations, formats, and the logical combinations. */
final class Checks {

  private Checks() {}

  static List<Check> of(JsonNode schema) {
    List<Check> checks = new ArrayList<>();
    texts(schema, checks);
    numbers(schema, checks);
    sizes(schema, checks);
    Combinations.addTo(schema, checks);
    if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
      checks.add(enumeration(schema));
    }
    return checks;
  }

  private static Check enumeration(JsonNode schema) {
    List<JsonNode> allowed = new ArrayList<>();
    schema.path("enum").forEach(allowed::add);
    List<String> shown =
        allowed.stream().map(v -> v.isString() ? v.stringValue() : v.toString()).toList();
    boolean nullable = schema.path("nullable").asBoolean(false);
    return (value, path, problems) -> {
      boolean known =
          value.isNull() && nullable || allowed.stream().anyMatch(v -> SameValue.of(v, value));
      if (!known) {
        problems.notSupported(path, value, shown);
      }
    };
  }

  private static void texts(JsonNode schema, List<Check> checks) {
    count(schema, "maxLength")
        .ifPresent(most ->
            checks.add((value, path, problems) -> {
              if (value.isString() && length(value) > most) {
                problems.tooLong(path, most);
              }
            }));
    count(schema, "minLength")
        .ifPresent(least ->
            checks.add((value, path, problems) -> {
              if (value.isString() && length(value) < least) {
                problems.invalid(
                    path, value, path + " in body should be at least " + least + " chars long");
              }
            }));
    pattern(schema.path("pattern").asString(""), checks);
    String format = schema.path("format").asString("");
    Formats.of(format)
        .ifPresent(known ->
            checks.add((value, path, problems) -> {
              if (value.isString() && !known.test(value.stringValue())) {
                String text = value.stringValue();
                problems.wrongType(
                    path, text, path + " in body must be of type " + format + ": " + value);
              }
            }));
  }

  private static void pattern(String text, List<Check> checks) {
    if (text.isEmpty()) {
      return;
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return; // the definition's own check tells
    }
    checks.add((value, path, problems) -> {
      if (value.isString() && !pattern.matcher(value.stringValue()).find()) {
        problems.invalid(path, value, path + " in body should match '" + text + "'");
      }
    });
  }

  private static int length(JsonNode text) {
    String value = text.stringValue();
    return value.codePointCount(0, value.length());
  }

  private static void numbers(JsonNode schema, List<Check> checks) {
    if (schema.path("maximum").isNumber()) {
      BigDecimal most = schema.path("maximum").decimalValue();
      boolean below = schema.path("exclusiveMaximum").asBoolean(false);
      String words = below ? "should be less than " : "should be less than or equal to ";
      checks.add((value, path, problems) -> {
        if (value.isNumber() && value.decimalValue().compareTo(most) >= (below ? 0 : 1)) {
          problems.invalid(path, value, path + " in body " + words + shown(most));
        }
      });
    }
    if (schema.path("minimum").isNumber()) {
      BigDecimal least = schema.path("minimum").decimalValue();
      boolean above = schema.path("exclusiveMinimum").asBoolean(false);
      String words = above ? "should be greater than " : "should be greater than or equal to ";
      checks.add((value, path, problems) -> {
        if (value.isNumber() && value.decimalValue().compareTo(least) <= (above ? 0 : -1)) {
          problems.invalid(path, value, path + " in body " + words + shown(least));
        }
      });
    }
    multiples(schema, checks);
  }

  private static void multiples(JsonNode schema, List<Check> checks) {
    JsonNode factor = schema.path("multipleOf");
    if (!factor.isNumber() || factor.decimalValue().signum() <= 0) {
      return;
    }
    BigDecimal of = factor.decimalValue();
    checks.add((value, path, problems) -> {
      if (value.isNumber() && !Multiples.whole(value.decimalValue(), of)) {
        problems.invalid(path, value, path + " in body should be a multiple of " + shown(of));
      }
    });
  }

  private static String shown(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return Math.abs((long) plain.scale()) < 22 ? plain.toPlainString() : plain.toString();
  }

  private static void sizes(JsonNode schema, List<Check> checks) {
    count(schema, "maxItems")
        .ifPresent(most ->
            checks.add((value, path, problems) -> {
              if (value.isArray() && value.size() > most) {
                problems.tooMany(path, value.size(), most);
              }
            }));
    count(schema, "minItems")
        .ifPresent(least ->
            checks.add((value, path, problems) -> {
              if (value.isArray() && value.size() < least) {
                problems.invalid(
                    path, value.size(), path + " in body should have at least " + least + " items");
              }
            }));
    count(schema, "maxProperties")
        .ifPresent(most ->
            checks.add((value, path, problems) -> {
              if (value.isObject() && value.size() > most) {
                problems.tooMany(path, value.size(), most);
              }
            }));
    count(schema, "minProperties")
        .ifPresent(least ->
            checks.add((value, path, problems) -> {
              if (value.isObject() && value.size() < least) {
                problems.invalid(
                    path,
                    value.size(),
                    path + " in body should have at least " + least + " properties");
              }
            }));
    required(SchemaReader.texts(schema.path("required")), checks);
  }

  private static void required(List<String> names, List<Check> checks) {
    if (names.isEmpty()) {
      return;
    }
    checks.add((value, path, problems) -> {
      if (!value.isObject()) {
        return;
      }
      for (String name : names) {
        if (!value.has(name)) {
          problems.required(path.child(name), "");
        }
      }
    });
  }

  private static Optional<Long> count(JsonNode schema, String name) {
    JsonNode value = schema.path(name);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Optional.of(value.longValue())
        : Optional.empty();
  }
}

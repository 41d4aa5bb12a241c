package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import dev.argosy.model.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Collects what is wrong. One per validation, used by one thread. */
final class Checks {

  private static final int MAX_VALUE = 10_000;

  private final List<Cause> causes = new ArrayList<>();

  List<Cause> causes() {
    return causes;
  }

  boolean clean() {
    return causes.isEmpty();
  }

  void required(Path path, String detail) {
    add(
        path,
        "FieldValueRequired",
        detail.isEmpty() ? "Required value" : "Required value: " + detail);
  }

  void invalid(Path path, JsonNode value, String detail) {
    add(path, "FieldValueInvalid", "Invalid value: " + printed(value) + ": " + detail);
  }

  void invalid(Path path, String value, String detail) {
    invalid(path, JsonNodeFactory.instance.stringNode(value), detail);
  }

  void invalid(Path path, long value, String detail) {
    add(path, "FieldValueInvalid", "Invalid value: " + value + ": " + detail);
  }

  /** Something is wrong with a whole that is too large to print. */
  void invalid(Path path, String detail) {
    add(path, "FieldValueInvalid", "Invalid value: " + detail);
  }

  void typeInvalid(Path path, String value, String detail) {
    String printed = printed(JsonNodeFactory.instance.stringNode(value));
    add(path, "FieldValueTypeInvalid", "Invalid value: " + printed + ": " + detail);
  }

  /** One error per message. */
  void invalidAll(Path path, String value, List<String> details) {
    for (String detail : details) {
      invalid(path, value, detail);
    }
  }

  void notSupported(Path path, String value, List<String> supported) {
    notSupported(path, JsonNodeFactory.instance.stringNode(value), supported);
  }

  /** As the other, for a value that is no text. */
  void notSupported(Path path, JsonNode value, List<String> supported) {
    String list = supported.stream().map(v -> '"' + v + '"').collect(Collectors.joining(", "));
    add(
        path,
        "FieldValueNotSupported",
        "Unsupported value: " + printed(value) + ": supported values: " + list);
  }

  /** The value must be one of these; an empty one is missing. */
  void oneOf(Path path, String value, List<String> supported) {
    if (value.isEmpty()) {
      required(path, "");
    } else if (!supported.contains(value)) {
      notSupported(path, value, supported);
    }
  }

  void forbidden(Path path, String detail) {
    add(path, "FieldValueForbidden", "Forbidden: " + detail);
  }

  void duplicate(Path path, JsonNode value) {
    add(path, "FieldValueDuplicate", "Duplicate value: " + printed(value));
  }

  void duplicate(Path path, String value) {
    duplicate(path, JsonNodeFactory.instance.stringNode(value));
  }

  void notFound(Path path, String value) {
    add(
        path,
        "FieldValueNotFound",
        "Not found: " + printed(JsonNodeFactory.instance.stringNode(value)));
  }

  void tooLong(Path path, int most) {
    add(path, "FieldValueTooLong", "Too long: may not be more than " + most + " bytes");
  }

  void tooMany(Path path, int actual, int most) {
    add(
        path,
        "FieldValueTooMany",
        "Too many: " + actual + ": must have at most " + most + " items");
  }

  void immutable(Path path, JsonNode value) {
    invalid(path, value, "field is immutable");
  }

  /** A count that must not be negative, if it is there. */
  void nonNegative(Path path, JsonNode value) {
    if (value.isIntegralNumber() && value.longValue() < 0) {
      invalid(path, value, "must be greater than or equal to 0");
    }
  }

  /** A number that must lie in a range, if it is there. */
  void range(Path path, JsonNode value, long low, long high) {
    if (value.isIntegralNumber() && (value.longValue() < low || value.longValue() > high)) {
      invalid(path, value, "must be between " + low + " and " + high + ", inclusive");
    }
  }

  private void add(Path path, String reason, String message) {
    causes.add(new Cause(reason, message, path.toString()));
  }

  private static String printed(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "null";
    }
    String text = value.toString();
    return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...";
  }
}

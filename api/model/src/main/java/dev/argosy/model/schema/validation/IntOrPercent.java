package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;

/** Numbers that may also be given as a percentage. */
final class IntOrPercent {

  private IntOrPercent() {}

  static void nonNegative(JsonNode value, Path path, Checks checks) {
    if (value.isString()) {
      if (percent(value) < 0) {
        checks.invalid(
            path,
            value,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',"
                + "  or '93%', regex used for validation is '[0-9]+%')");
      }
    } else {
      checks.nonNegative(path, value);
    }
  }

  static void atMostHundredPercent(JsonNode value, Path path, Checks checks) {
    if (value.isString() && percent(value) > 100) {
      checks.invalid(path, value, "must not be greater than 100%");
    }
  }

  static boolean zero(JsonNode value) {
    return value.isString() ? percent(value) == 0 : value.asInt(0) == 0;
  }

  /** The number before the sign; -1 if it is no percentage. */
  private static int percent(JsonNode value) {
    String text = value.stringValue();
    int digits = text.length() - 1;
    if (digits < 1 || digits > 9 || text.charAt(digits) != '%') {
      return -1;
    }
    for (int i = 0; i < digits; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(text, 0, digits, 10);
  }
}

package dev.argosy.server.stream;

import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single-valued query parameters, read as the API reads them. */
record QueryText(Map<String, String> values) {

  QueryText {
    values = Map.copyOf(values);
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** Present and neither {@code false} nor {@code 0}. */
  boolean flag(String name) {
    String value = values.get(name);
    return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
  }

  /** The number, at least {@code least}; null if absent. */
  @Nullable Long number(String name, long least) {
    String value = text(name);
    if (value.isEmpty()) {
      return null;
    }
    long number;
    try {
      number = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new StatusException(
          Status.badRequest(name + " must be a number, not \"" + value + "\""));
    }
    if (number < least) {
      throw LogOptions.invalid(
          name, "Invalid value: " + value + ": must be greater than or equal to " + least);
    }
    return number;
  }
}

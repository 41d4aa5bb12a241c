package dev.argosy.model.node;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One expression of a node selector term.
 *
 * @param operator In, NotIn, Exists, DoesNotExist, Gt or Lt
 */
public record NodeRequirement(String key, String operator, List<String> values) {

  public NodeRequirement {
    values = List.copyOf(values);
  }

  boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case "In" -> value != null && values.contains(value);
      case "NotIn" -> value == null || !values.contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      case "Gt" -> value != null && compare(value) > 0;
      case "Lt" -> value != null && compare(value) < 0;
      default -> false;
    };
  }

  /** 0 if either is no number, which fulfils neither operator. */
  private int compare(String value) {
    OptionalLong mine = number(value);
    OptionalLong wanted = values.size() == 1 ? number(values.getFirst()) : OptionalLong.empty();
    return mine.isPresent() && wanted.isPresent()
        ? Long.compare(mine.getAsLong(), wanted.getAsLong())
        : 0;
  }

  private static OptionalLong number(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}

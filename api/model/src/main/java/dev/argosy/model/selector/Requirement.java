package dev.argosy.model.selector;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One condition on one label.
 *
 * @param values sorted; empty for EXISTS and DOES_NOT_EXIST
 */
public record Requirement(String key, Operator operator, List<String> values) {

  /** What is asked of the label. */
  public enum Operator {
    IN("In"),
    NOT_IN("NotIn"),
    EXISTS("Exists"),
    DOES_NOT_EXIST("DoesNotExist"),
    /** Only in label selector texts. */
    GREATER_THAN("Gt"),
    /** Only in label selector texts. */
    LESS_THAN("Lt");

    private final String text;

    Operator(String text) {
      this.text = text;
    }

    /** The word of {@code matchExpressions}. */
    public String text() {
      return text;
    }
  }

  public Requirement {
    values = List.copyOf(new TreeSet<>(values));
  }

  /** Whether a set of labels fulfils it. A missing label fulfils NOT_IN. */
  public boolean matches(Map<String, String> labels) {
    String value = labels.get(key);
    return switch (operator) {
      case IN -> value != null && values.contains(value);
      case NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> value != null && compare(value) > 0;
      case LESS_THAN -> value != null && compare(value) < 0;
    };
  }

  private int compare(String value) {
    try {
      return Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** As in query parameters: {@code a=b}, {@code a in (b,c)}, {@code !a}… */
  @Override
  public String toString() {
    return switch (operator) {
      case IN ->
          values.size() == 1
              ? key + "=" + values.getFirst()
              : key + " in (" + String.join(",", values) + ")";
      case NOT_IN ->
          values.size() == 1
              ? key + "!=" + values.getFirst()
              : key + " notin (" + String.join(",", values) + ")";
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
      case GREATER_THAN -> key + ">" + values.getFirst();
      case LESS_THAN -> key + "<" + values.getFirst();
    };
  }
}

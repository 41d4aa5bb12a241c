package dev.argosy.model.selector;

import dev.argosy.model.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Conditions on labels that must all hold; or nothing at all. */
public final class LabelSelector {

  /** Matches every set of labels. */
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);

  /** Matches none. */
  public static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

  private final List<Requirement> requirements;
  private final boolean nothing;

  private LabelSelector(List<Requirement> requirements, boolean nothing) {
    this.requirements =
        requirements.stream().sorted(Comparator.comparing(Requirement::key)).toList();
    this.nothing = nothing;
  }

  public static LabelSelector of(List<Requirement> requirements) {
    return requirements.isEmpty() ? EVERYTHING : new LabelSelector(requirements, false);
  }

  /** All labels of the map must be there with these values. */
  public static LabelSelector ofLabels(Map<String, String> labels) {
    return of(
        labels.entrySet().stream()
            .map(e -> new Requirement(e.getKey(), Operator.IN, List.of(e.getValue())))
            .toList());
  }

  /**
   * Parses the query parameter: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}.
   *
   * @throws SelectorSyntaxException with a message for the client
   */
  public static LabelSelector parse(String text) {
    return text.isBlank() ? EVERYTHING : of(new LabelSelectorParser(text).parse());
  }

  /**
   * Parses a selector object with {@code matchLabels} and {@code matchExpressions}. A missing
   * object matches nothing, an empty one everything.
   *
   * @throws SelectorSyntaxException with a message for the client
   */
  public static LabelSelector ofObject(@Nullable JsonNode selector) {
    if (selector == null || !selector.isObject()) {
      return NOTHING;
    }
    List<Requirement> all = new ArrayList<>();
    selector
        .path("matchLabels")
        .forEachEntry((key, value) ->
            all.add(new Requirement(key, Operator.IN, List.of(value.asString("")))));
    for (JsonNode expression : selector.path("matchExpressions")) {
      all.add(requirement(expression));
    }
    return of(all);
  }

  private static Requirement requirement(JsonNode expression) {
    String operator = expression.path("operator").asString("");
    List<String> values = new ArrayList<>();
    expression.path("values").forEach(value -> values.add(value.asString("")));
    for (Operator known : Operator.values()) {
      if (known.text().equals(operator) && known.ordinal() < Operator.GREATER_THAN.ordinal()) {
        return checked(expression.path("key").asString(""), known, values);
      }
    }
    throw new SelectorSyntaxException(
        "\"" + operator + "\" is not a valid label selector operator");
  }

  private static Requirement checked(String key, Operator operator, List<String> values) {
    boolean sets = operator == Operator.IN || operator == Operator.NOT_IN;
    if (sets && values.isEmpty()) {
      throw new SelectorSyntaxException(
          "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
    }
    if (!sets && !values.isEmpty()) {
      throw new SelectorSyntaxException(
          "values: Invalid value: values set must be empty for exists and does not exist");
    }
    return new Requirement(key, operator, values);
  }

  public boolean matches(Map<String, String> labels) {
    if (nothing) {
      return false;
    }
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Sorted by key. */
  public List<Requirement> requirements() {
    return requirements;
  }

  public boolean matchesEverything() {
    return !nothing && requirements.isEmpty();
  }

  public boolean matchesNothing() {
    return nothing;
  }

  /** A label that must have one of a few values, the fewest; an index on labels can use it. */
  public Optional<Requirement> oneOf() {
    return requirements.stream()
        .filter(r -> r.operator() == Operator.IN)
        .min(Comparator.comparingInt(r -> r.values().size()));
  }

  /** The query parameter's form. Empty for everything and for nothing. */
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSelector selector
        && nothing == selector.nothing
        && requirements.equals(selector.requirements);
  }

  @Override
  public int hashCode() {
    return requirements.hashCode() + (nothing ? 1 : 0);
  }
}

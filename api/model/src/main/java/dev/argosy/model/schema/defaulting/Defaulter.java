package dev.argosy.model.schema.defaulting;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All rules of one type, and the way to the types below that have some. Filled while rules are
 * compiled, never changed after.
 */
public final class Defaulter {

  private final List<Rule> rules;
  private final List<Step> steps = new ArrayList<>();

  Defaulter(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * A field to go into.
   *
   * @param depth 0: an object; 1: a list or map of objects
   */
  record Step(String field, int depth, Defaulter below) {}

  void add(Step step) {
    steps.add(step);
  }

  boolean idle() {
    return rules.isEmpty() && steps.isEmpty();
  }

  /** Fills in what is missing, in place. */
  public void apply(ObjectNode object) {
    for (int i = 0; i < rules.size(); i++) {
      rules.get(i).apply(object);
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      JsonNode value = object.get(step.field());
      if (value != null) {
        step.below().into(value, step.depth());
      }
    }
  }

  private void into(JsonNode value, int depth) {
    if (depth == 0) {
      if (value instanceof ObjectNode object) {
        apply(object);
      }
    } else if (value instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        into(array.get(i), depth - 1);
      }
    } else if (value.isObject()) {
      value.forEach(member -> into(member, depth - 1));
    }
  }
}

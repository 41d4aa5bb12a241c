package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;

/** Label selectors inside objects. */
final class SelectorRules {

  private SelectorRules() {}

  static void labelSelector(JsonNode selector, Path path, Checks checks) {
    MetadataRules.labels(selector.path("matchLabels"), path.child("matchLabels"), checks);
    JsonNode expressions = selector.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      expression(expressions.get(i), path.child("matchExpressions").at(i), checks);
    }
  }

  /** Whether it selects everything. */
  static boolean empty(JsonNode selector) {
    return selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty();
  }

  private static void expression(JsonNode expression, Path path, Checks checks) {
    JsonNode values = expression.path("values");
    String operator = expression.path("operator").asString("");
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          checks.required(
              path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          checks.forbidden(
              path.child("values"),
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> checks.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    String key = expression.path("key").asString("");
    checks.invalidAll(path.child("key"), key, LabelRules.qualifiedName(key));
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i).asString("");
      checks.invalidAll(path.child("values").at(i), value, LabelRules.labelValue(value));
    }
  }
}

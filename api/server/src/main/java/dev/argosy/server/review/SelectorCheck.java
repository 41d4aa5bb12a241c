package dev.argosy.server.review;

import dev.argosy.model.name.LabelRules;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The selectors of the list that a review asks about. They are checked and no more: a rule of RBAC
 * allows a list with whatever selector or not at all. Operators that are not known are let through,
 * so that newer clients can ask.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-auth/4601-authorize-with-selectors">KEP-4601</a>
 */
final class SelectorCheck {

  private static final Set<String> WITH_VALUES = Set.of("In", "NotIn");
  private static final Set<String> WITHOUT_VALUES = Set.of("Exists", "DoesNotExist");

  private final Problems problems;

  SelectorCheck(Problems problems) {
    this.problems = problems;
  }

  void check(JsonNode attributes, String path) {
    selector(attributes.path("fieldSelector"), path + ".fieldSelector", false);
    selector(attributes.path("labelSelector"), path + ".labelSelector", true);
  }

  private void selector(JsonNode selector, String path, boolean ofLabels) {
    if (!selector.isObject()) {
      return;
    }
    JsonNode raw = selector.path("rawSelector");
    JsonNode requirements = selector.path("requirements");
    boolean text = !raw.asString("").isEmpty();
    if (text && !requirements.isEmpty()) {
      problems.invalid(
          path + ".rawSelector",
          raw.toString(),
          "may not specified at the same time as requirements");
    }
    if (!text && requirements.isEmpty()) {
      problems.required(
          path + ".requirements",
          "when " + path + " is specified, requirements or rawSelector is required");
    }
    for (int i = 0; i < requirements.size(); i++) {
      requirement(requirements.get(i), path + ".requirements[" + i + "]", ofLabels);
    }
  }

  private void requirement(JsonNode requirement, String path, boolean ofLabels) {
    String key = requirement.path("key").asString("");
    if (!ofLabels && key.isEmpty()) {
      problems.required(path + ".key", "must be specified");
    }
    String operator = requirement.path("operator").asString("");
    JsonNode values = requirement.path("values");
    if (WITH_VALUES.contains(operator) && values.isEmpty()) {
      problems.required(path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
    }
    if (WITHOUT_VALUES.contains(operator) && !values.isEmpty()) {
      problems.forbidden(
          path + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
    }
    if (ofLabels) {
      labels(key, values, path);
    }
  }

  private void labels(String key, JsonNode values, String path) {
    LabelRules.qualifiedName(key)
        .forEach(why -> problems.invalid(path + ".key", "\"" + key + "\"", why));
    for (int i = 0; i < values.size(); i++) {
      String field = path + ".values[" + i + "]";
      String value = values.get(i).asString("");
      LabelRules.labelValue(value)
          .forEach(why -> problems.invalid(field, "\"" + value + "\"", why));
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pod disruption budgets. */
final class DisruptionBudgetRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final List<String> POLICIES = List.of("AlwaysAllow", "IfHealthyBudget");
  private static final List<String> COUNTS =
      List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      checks.invalid(SPEC, spec, "minAvailable and maxUnavailable cannot be both set");
    }
    for (String bound : List.of("minAvailable", "maxUnavailable")) {
      IntOrPercent.nonNegative(spec.path(bound), SPEC.child(bound), checks);
      IntOrPercent.atMostHundredPercent(spec.path(bound), SPEC.child(bound), checks);
    }
    SelectorRules.labelSelector(spec.path("selector"), SPEC.child("selector"), checks);
    JsonNode policy = spec.path("unhealthyPodEvictionPolicy");
    if (!policy.isMissingNode() && !POLICIES.contains(policy.asString(""))) {
      checks.notSupported(SPEC.child("unhealthyPodEvictionPolicy"), policy.asString(""), POLICIES);
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    ConditionRules.validate(status.path("conditions"), STATUS.child("conditions"), checks);
    for (String count : COUNTS) {
      checks.nonNegative(STATUS.child(count), status.path(count));
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployments: template, counts, strategy. */
final class DeploymentRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> STRATEGIES = List.of("Recreate", "RollingUpdate");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    TemplateRules.selectorAndTemplate(spec, "deployment", checks);
    for (String count : List.of("replicas", "minReadySeconds", "revisionHistoryLimit")) {
      checks.nonNegative(SPEC.child(count), spec.path(count));
    }
    JsonNode deadline = spec.path("progressDeadlineSeconds");
    checks.nonNegative(SPEC.child("progressDeadlineSeconds"), deadline);
    if (!deadline.isMissingNode() && deadline.asLong(0) <= spec.path("minReadySeconds").asLong(0)) {
      checks.invalid(
          SPEC.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
    }
    strategy(spec.path("strategy"), checks);
  }

  private static void strategy(JsonNode strategy, Checks checks) {
    Path path = SPEC.child("strategy");
    String type = strategy.path("type").asString("");
    JsonNode rolling = strategy.path("rollingUpdate");
    if (!STRATEGIES.contains(type)) {
      checks.notSupported(path, strategy, STRATEGIES);
    } else if (type.equals("Recreate") && !rolling.isMissingNode()) {
      checks.forbidden(
          path.child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
    } else if (type.equals("RollingUpdate")) {
      rolling(rolling, path.child("rollingUpdate"), checks);
    }
  }

  private static void rolling(JsonNode rolling, Path path, Checks checks) {
    JsonNode unavailable = rolling.path("maxUnavailable");
    JsonNode surge = rolling.path("maxSurge");
    IntOrPercent.nonNegative(unavailable, path.child("maxUnavailable"), checks);
    IntOrPercent.nonNegative(surge, path.child("maxSurge"), checks);
    if (IntOrPercent.zero(unavailable) && IntOrPercent.zero(surge)) {
      checks.invalid(
          path.child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
    }
    IntOrPercent.atMostHundredPercent(unavailable, path.child("maxUnavailable"), checks);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    TemplateRules.selectorFixed(object, old, checks);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode status = object.path("status");
    TemplateRules.counts(
        status, List.of("updatedReplicas", "readyReplicas", "availableReplicas"), checks);
    TemplateRules.collisions(object, old, checks);
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Daemon sets: template and strategy. */
final class DaemonSetRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final Path TEMPLATE = SPEC.child("template");
  private static final List<String> COUNTS =
      List.of(
          "currentNumberScheduled",
          "numberMisscheduled",
          "desiredNumberScheduled",
          "numberReady",
          "observedGeneration",
          "updatedNumberScheduled",
          "numberAvailable",
          "numberUnavailable");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode selector = spec.path("selector");
    SelectorRules.labelSelector(selector, SPEC.child("selector"), checks);
    TemplateRules.matching(selector, spec.path("template"), checks);
    if (selector.isObject() && SelectorRules.empty(selector)) {
      checks.invalid(SPEC.child("selector"), selector, "empty selector is invalid for daemonset");
    }
    TemplateRules.template(spec.path("template"), TEMPLATE, checks);
    TemplateRules.endless(
        spec.path("template").path("spec"), TEMPLATE.child("spec"), "DaemonSet", checks);
    checks.nonNegative(SPEC.child("minReadySeconds"), spec.path("minReadySeconds"));
    strategy(spec.path("updateStrategy"), checks);
    checks.nonNegative(SPEC.child("revisionHistoryLimit"), spec.path("revisionHistoryLimit"));
  }

  private static void strategy(JsonNode strategy, Checks checks) {
    Path path = SPEC.child("updateStrategy");
    switch (strategy.path("type").asString("")) {
      case "OnDelete" -> {}
      case "RollingUpdate" -> {
        if (strategy.has("rollingUpdate")) {
          rolling(strategy.path("rollingUpdate"), path.child("rollingUpdate"), checks);
        } else {
          checks.required(path.child("rollingUpdate"), "");
        }
      }
      default -> checks.notSupported(path, strategy, List.of("RollingUpdate", "OnDelete"));
    }
  }

  private static void rolling(JsonNode rolling, Path path, Checks checks) {
    for (String part : List.of("maxUnavailable", "maxSurge")) {
      IntOrPercent.nonNegative(rolling.path(part), path.child(part), checks);
      IntOrPercent.atMostHundredPercent(rolling.path(part), path.child(part), checks);
    }
    boolean fewer = !IntOrPercent.zero(rolling.path("maxUnavailable"));
    boolean more = !IntOrPercent.zero(rolling.path("maxSurge"));
    if (fewer && more) {
      checks.invalid(
          path.child("maxSurge"),
          rolling.path("maxSurge"),
          "may not be set when maxUnavailable is non-zero");
    } else if (!fewer && !more) {
      checks.required(path.child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    TemplateRules.selectorFixed(object, old, checks);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    for (String count : COUNTS) {
      checks.nonNegative(STATUS.child(count), object.path("status").path(count));
    }
    TemplateRules.collisions(object, old, checks);
  }
}

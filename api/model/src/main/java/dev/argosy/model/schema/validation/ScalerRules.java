package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Horizontal pod autoscalers, in the form of {@code autoscaling/v2}. */
final class ScalerRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int MAX_PERIOD = 1800;
  private static final int MAX_WINDOW = 3600;
  private static final List<String> CHOICES = List.of("Disabled", "Max", "Min");
  private static final List<String> POLICIES = List.of("Percent", "Pods");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    spec(object.path("spec"), least(object), checks);
  }

  /** Replicas come back from zero only by what is measured elsewhere than in pods. */
  private static int least(ObjectNode object) {
    return MetricRules.reachesBeyondPods(object.path("spec").path("metrics")) ? 0 : 1;
  }

  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    boolean zero = old.path("spec").path("minReplicas").asInt(1) == 0;
    spec(object.path("spec"), zero ? 0 : least(object), checks);
  }

  private static void spec(JsonNode spec, int least, Checks checks) {
    JsonNode min = spec.path("minReplicas");
    long max = spec.path("maxReplicas").asLong(0);
    if (!min.isMissingNode() && min.asLong(0) < least) {
      checks.invalid(SPEC.child("minReplicas"), min, "must be greater than or equal to " + least);
    }
    if (max < 1) {
      checks.invalid(SPEC.child("maxReplicas"), max, "must be greater than 0");
    }
    if (max < min.asLong(max)) {
      checks.invalid(
          SPEC.child("maxReplicas"), max, "must be greater than or equal to `minReplicas`");
    }
    reference(spec.path("scaleTargetRef"), SPEC.child("scaleTargetRef"), checks);
    MetricRules.validate(spec.path("metrics"), SPEC.child("metrics"), checks);
    if (min.asInt(1) == 0 && !MetricRules.reachesBeyondPods(spec.path("metrics"))) {
      checks.forbidden(
          SPEC.child("metrics"),
          "must specify at least one Object or External metric to support scaling to zero"
              + " replicas");
    }
    for (String direction : List.of("scaleUp", "scaleDown")) {
      JsonNode rules = spec.path("behavior").path(direction);
      if (!rules.isMissingNode()) {
        scaling(rules, SPEC.child("behavior", direction), checks);
      }
    }
  }

  /** A reference to what is scaled or measured. */
  static void reference(JsonNode reference, Path path, Checks checks) {
    for (String field : List.of("kind", "name")) {
      String value = reference.path(field).asString("");
      if (value.isEmpty()) {
        checks.required(path.child(field), "");
      } else {
        checks.invalidAll(path.child(field), value, NameRules.pathSegment(value));
      }
    }
  }

  private static void scaling(JsonNode rules, Path path, Checks checks) {
    JsonNode window = rules.path("stabilizationWindowSeconds");
    Path at = path.child("stabilizationWindowSeconds");
    if (window.asLong(0) < 0) {
      checks.invalid(at, window, "must be greater than or equal to zero");
    } else if (window.asLong(0) > MAX_WINDOW) {
      checks.invalid(at, window, "must be less than or equal to " + MAX_WINDOW);
    }
    String choice = rules.path("selectPolicy").asString("");
    if (rules.has("selectPolicy") && !CHOICES.contains(choice)) {
      checks.notSupported(path.child("selectPolicy"), choice, CHOICES);
    }
    if (rules.path("tolerance").asString("").startsWith("-")) {
      checks.invalid(
          path.child("tolerance"), rules.path("tolerance"), "must be greater than or equal to 0");
    }
    JsonNode policies = rules.path("policies");
    if (policies.isEmpty()) {
      checks.required(path.child("policies"), "must specify at least one Policy");
    }
    for (int i = 0; i < policies.size(); i++) {
      policy(policies.get(i), path.child("policies").at(i), checks);
    }
  }

  private static void policy(JsonNode policy, Path path, Checks checks) {
    String type = policy.path("type").asString("");
    if (!POLICIES.contains(type)) {
      checks.notSupported(path.child("type"), type, POLICIES);
    }
    long value = policy.path("value").asLong(0);
    if (value <= 0) {
      checks.invalid(path.child("value"), value, "must be greater than zero");
    }
    long period = policy.path("periodSeconds").asLong(0);
    if (period <= 0) {
      checks.invalid(path.child("periodSeconds"), period, "must be greater than zero");
    } else if (period > MAX_PERIOD) {
      checks.invalid(
          path.child("periodSeconds"), period, "must be less than or equal to " + MAX_PERIOD);
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    for (String count : List.of("currentReplicas", "desiredReplicas")) {
      checks.nonNegative(Path.of("status").child(count), object.path("status").path(count));
    }
  }
}

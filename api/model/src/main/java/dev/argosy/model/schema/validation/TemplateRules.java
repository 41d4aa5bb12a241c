package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all kinds with a selector and a pod template have in common. */
final class TemplateRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final Path TEMPLATE = SPEC.child("template");

  private TemplateRules() {}

  static void selectorAndTemplate(JsonNode spec, String kind, Checks checks) {
    JsonNode selector = spec.path("selector");
    Path path = SPEC.child("selector");
    if (selector.isMissingNode()) {
      checks.required(path, "");
    } else {
      SelectorRules.labelSelector(selector, path, checks);
      if (selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty()) {
        checks.invalid(path, selector, "empty selector is invalid for " + kind);
      }
    }
    template(spec.path("template"), selector, checks);
  }

  private static void template(JsonNode template, JsonNode selector, Checks checks) {
    JsonNode labels = template.path("metadata").path("labels");
    MetadataRules.labels(labels, TEMPLATE.child("labels"), checks);
    if (selector.isObject() && !matches(selector, labels)) {
      checks.invalid(
          TEMPLATE.child("metadata", "labels"),
          labels,
          "`selector` does not match template `labels`");
    }
    JsonNode podSpec = template.path("spec");
    Path path = TEMPLATE.child("spec");
    PodSpecRules.validate(podSpec, path, true, checks);
    String restart = podSpec.path("restartPolicy").asString("");
    if (!restart.isEmpty() && !restart.equals("Always")) {
      checks.notSupported(path.child("restartPolicy"), restart, List.of("Always"));
    }
    if (podSpec.has("activeDeadlineSeconds")) {
      checks.forbidden(
          path.child("activeDeadlineSeconds"),
          "activeDeadlineSeconds in ReplicaSet is not Supported");
    }
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    Map<String, String> values = new HashMap<>();
    if (labels.isObject()) {
      labels.forEachEntry((key, value) -> values.put(key, value.asString("")));
    }
    try {
      return LabelSelector.ofObject(selector).matches(values);
    } catch (SelectorSyntaxException e) {
      return true; // the selector itself has been complained about
    }
  }

  static void selectorFixed(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode selector = object.path("spec").path("selector");
    if (!selector.equals(old.path("spec").path("selector"))) {
      checks.immutable(SPEC.child("selector"), selector);
    }
  }

  /** Parts of a status count that may not be above the whole. */
  static void counts(JsonNode status, List<String> parts, Checks checks) {
    JsonNode total = status.path("replicas");
    checks.nonNegative(STATUS.child("replicas"), total);
    checks.nonNegative(STATUS.child("observedGeneration"), status.path("observedGeneration"));
    for (String part : parts) {
      JsonNode count = status.path(part);
      checks.nonNegative(STATUS.child(part), count);
      if (count.asLong(0) > total.asLong(0)) {
        checks.invalid(STATUS.child(part), count, "cannot be greater than status.replicas");
      }
    }
    JsonNode available = status.path("availableReplicas");
    if (available.asLong(0) > status.path("readyReplicas").asLong(0)) {
      checks.invalid(
          STATUS.child("availableReplicas"), available, "cannot be greater than readyReplicas");
    }
  }
}

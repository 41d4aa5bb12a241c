package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What all kinds with a selector and a pod template have in common. */
final class TemplateRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path STATUS = Path.of("status");
  private static final Path TEMPLATE = SPEC.child("template");

  private TemplateRules() {}

  /** Deployments and replica sets. */
  static void selectorAndTemplate(JsonNode spec, String kind, Checks checks) {
    selector(spec.path("selector"), kind, checks);
    JsonNode template = spec.path("template");
    matching(spec.path("selector"), template, checks);
    template(template, TEMPLATE, checks);
    endless(template.path("spec"), TEMPLATE.child("spec"), "ReplicaSet", checks);
  }

  /** The selector of a workload must be there and select something. */
  static void selector(JsonNode selector, String kind, Checks checks) {
    Path path = SPEC.child("selector");
    if (selector.isMissingNode()) {
      checks.required(path, "");
      return;
    }
    SelectorRules.labelSelector(selector, path, checks);
    if (SelectorRules.empty(selector)) {
      checks.invalid(path, selector, "empty selector is invalid for " + kind);
    }
  }

  /** The selector of a workload must select the pods that are made of its template. */
  static void matching(JsonNode selector, JsonNode template, Checks checks) {
    JsonNode labels = template.path("metadata").path("labels");
    boolean all = selector.isObject() && SelectorRules.empty(selector);
    if (!all && !matches(selector, labels)) {
      checks.invalid(
          TEMPLATE.child("metadata", "labels"),
          labels,
          "`selector` does not match template `labels`");
    }
  }

  private static boolean matches(JsonNode selector, JsonNode labels) {
    if (selector.isMissingNode()) {
      return false;
    }
    Map<String, String> values = new HashMap<>();
    labels.forEachEntry((key, value) -> values.put(key, value.asString("")));
    try {
      return LabelSelector.ofObject(selector).matches(values);
    } catch (SelectorSyntaxException e) {
      return true; // the selector itself has been complained about
    }
  }

  /** A pod template, whatever pods are made for. */
  static void template(JsonNode template, Path path, Checks checks) {
    template(template, path, Set.of(), checks);
  }

  /**
   * A pod template.
   *
   * @param volumes names of volumes that the pods get besides those in the template
   */
  static void template(JsonNode template, Path path, Set<String> volumes, Checks checks) {
    JsonNode metadata = template.path("metadata");
    MetadataRules.labels(metadata.path("labels"), path.child("labels"), checks);
    MetadataRules.annotations(metadata.path("annotations"), path.child("annotations"), checks);
    PodSpecRules.template(template.path("spec"), path.child("spec"), volumes, checks);
  }

  /** Pods that are to run for ever are always started again and have no deadline. */
  static void endless(JsonNode podSpec, Path path, String kind, Checks checks) {
    String restart = podSpec.path("restartPolicy").asString("");
    if (!restart.isEmpty() && !restart.equals("Always")) {
      checks.notSupported(path.child("restartPolicy"), restart, List.of("Always"));
    }
    if (podSpec.has("activeDeadlineSeconds")) {
      checks.forbidden(
          path.child("activeDeadlineSeconds"),
          "activeDeadlineSeconds in " + kind + " is not Supported");
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

  /** A count of hash collisions never goes back, or old names would be used again. */
  static void collisions(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode count = object.path("status").path("collisionCount");
    JsonNode before = old.path("status").path("collisionCount");
    checks.nonNegative(STATUS.child("collisionCount"), count);
    if (count.asLong(0) < before.asLong(0)) {
      checks.invalid(STATUS.child("collisionCount"), count.asLong(0), "cannot be decremented");
    }
  }
}

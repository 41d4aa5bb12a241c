package dev.argosy.model.schema.validation;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replication controllers: their selector is a plain map, and may change. */
final class ReplicationControllerRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path TEMPLATE = SPEC.child("template");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode template = spec.path("template");
    checks.nonNegative(SPEC.child("minReadySeconds"), spec.path("minReadySeconds"));
    if (spec.path("selector").isEmpty()) {
      checks.required(SPEC.child("selector"), "");
    }
    checks.nonNegative(SPEC.child("replicas"), spec.path("replicas"));
    if (template.isMissingNode()) {
      checks.required(TEMPLATE, "");
      return;
    }
    ObjectNode selector = Json.object();
    selector.set("matchLabels", spec.path("selector"));
    if (!spec.path("selector").isEmpty()) {
      TemplateRules.matching(selector, template, checks);
    }
    TemplateRules.template(template, TEMPLATE, checks);
    TemplateRules.endless(
        template.path("spec"), TEMPLATE.child("spec"), "ReplicationController", checks);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    TemplateRules.counts(
        object.path("status"),
        List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"),
        checks);
  }
}

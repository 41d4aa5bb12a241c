package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replica sets: template and counts. */
final class ReplicaSetRules implements KindRules {

  private static final Path SPEC = Path.of("spec");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    checks.nonNegative(SPEC.child("replicas"), spec.path("replicas"));
    checks.nonNegative(SPEC.child("minReadySeconds"), spec.path("minReadySeconds"));
    TemplateRules.selectorAndTemplate(spec, "replica set", checks);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    TemplateRules.selectorFixed(object, old, checks);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    TemplateRules.counts(
        object.path("status"),
        List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"),
        checks);
  }
}

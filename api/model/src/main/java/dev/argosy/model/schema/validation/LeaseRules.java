package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Leases. */
final class LeaseRules implements KindRules {

  private static final Path SPEC = Path.of("spec");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode duration = spec.path("leaseDurationSeconds");
    if (!duration.isMissingNode() && duration.asLong(0) <= 0) {
      checks.invalid(SPEC.child("leaseDurationSeconds"), duration, "must be greater than 0");
    }
    checks.nonNegative(SPEC.child("leaseTransitions"), spec.path("leaseTransitions"));
  }
}

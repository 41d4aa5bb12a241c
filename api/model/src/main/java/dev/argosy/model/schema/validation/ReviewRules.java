package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Access reviews ask about a resource or about a path, not both. */
final class ReviewRules implements KindRules {

  private static final Path SPEC = Path.of("spec");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    boolean resource = spec.has("resourceAttributes");
    boolean path = spec.has("nonResourceAttributes");
    if (resource == path) {
      checks.invalid(
          resource ? SPEC.child("nonResourceAttributes") : SPEC.child("resourceAttributes"),
          resource ? spec.path("nonResourceAttributes") : spec.path("resourceAttributes"),
          resource
              ? "cannot be specified in combination with resourceAttributes"
              : "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
    String kind = object.path("kind").asString("");
    boolean aboutOthers = kind.endsWith("SubjectAccessReview") && !kind.startsWith("Self");
    if (aboutOthers && spec.path("user").asString("").isEmpty() && spec.path("groups").isEmpty()) {
      checks.invalid(
          SPEC.child("user"), spec.path("user"), "at least one of user or group must be specified");
    }
  }
}

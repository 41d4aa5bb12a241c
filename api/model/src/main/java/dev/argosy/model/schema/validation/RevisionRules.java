package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.node.ObjectNode;

/** Controller revisions: what a revision was does not change. */
final class RevisionRules implements KindRules {

  private static final Path DATA = Path.of("data");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    if (!object.has("data")) {
      checks.required(DATA, "data is mandatory");
    }
    checks.nonNegative(Path.of("revision"), object.path("revision"));
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!object.path("data").equals(old.path("data"))) {
      checks.immutable(DATA, object.path("data"));
    }
  }
}

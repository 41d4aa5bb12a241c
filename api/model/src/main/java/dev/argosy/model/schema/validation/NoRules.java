package dev.argosy.model.schema.validation;

import tools.jackson.databind.node.ObjectNode;

/** For kinds of which only the metadata is checked. */
enum NoRules implements KindRules {
  INSTANCE;

  @Override
  public void validate(ObjectNode object, Checks checks) {}
}

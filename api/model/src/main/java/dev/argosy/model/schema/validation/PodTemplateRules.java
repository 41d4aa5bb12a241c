package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.node.ObjectNode;

/** Pod templates that stand alone. */
final class PodTemplateRules implements KindRules {

  @Override
  public void validate(ObjectNode object, Checks checks) {
    TemplateRules.template(object.path("template"), Path.of("template"), checks);
  }
}

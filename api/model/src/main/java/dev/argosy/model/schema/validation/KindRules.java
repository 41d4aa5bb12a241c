package dev.argosy.model.schema.validation;

import tools.jackson.databind.node.ObjectNode;

/** What is checked of one kind beyond its metadata. */
interface KindRules {

  /** Checks a new object. */
  void validate(ObjectNode object, Checks checks);

  /**
   * Checks an object that has been changed, as it is now; by default like a new one. Kinds override
   * it where what was accepted once may stay.
   */
  default void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    validate(object, checks);
  }

  /** Checks a change, beyond the new object as such. */
  default void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {}

  /** Checks a change through a subresource that has rules of its own, such as {@code resize}. */
  default void validateUpdateOf(
      String subresource, ObjectNode object, ObjectNode old, Checks checks) {
    validateChanged(object, old, checks);
    validateUpdate(object, old, checks);
  }

  /** Checks a change of the status. */
  default void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {}
}

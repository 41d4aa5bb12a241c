package dev.argosy.model.schema.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** Fills in what is missing in an object of one type. */
@FunctionalInterface
interface Rule {
  void apply(ObjectNode object);
}

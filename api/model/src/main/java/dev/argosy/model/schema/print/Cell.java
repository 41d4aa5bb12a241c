package dev.argosy.model.schema.print;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Computes one cell of a row: a String, a Long or a Boolean. */
@FunctionalInterface
interface Cell {
  Object of(ObjectNode object, Instant now);
}

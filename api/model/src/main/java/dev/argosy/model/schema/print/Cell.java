package dev.argosy.model.schema.print;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** Computes one cell of a row: a String, a Long or a Boolean. */
@FunctionalInterface
interface Cell {

  /** Two times at which everything that tells an age tells different ones. */
  Instant EARLY = Instant.EPOCH;

  Instant LATE = Instant.parse("9999-01-01T00:00:00Z");

  Object of(ObjectNode object, Instant now);

  /**
   * The same for any time: a value, or a {@link Row.Timed}. A cell that shows ages is found out by
   * asking for two times, and then keeps the whole object; {@link TimedCell} keeps less.
   */
  default Object lasting(ObjectNode object) {
    Object early = of(object, EARLY);
    return early.equals(of(object, LATE)) ? early : (Row.Timed) now -> of(object, now);
  }
}

package dev.argosy.model.schema.print;

import java.time.Instant;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cell that shows an age.
 *
 * @param read what an object's cell shows, as a function of the time that does not hold the object
 */
record TimedCell(Function<ObjectNode, Row.Timed> read) implements Cell {

  @Override
  public Object of(ObjectNode object, Instant now) {
    return read.apply(object).at(now);
  }

  @Override
  public Object lasting(ObjectNode object) {
    return read.apply(object);
  }
}

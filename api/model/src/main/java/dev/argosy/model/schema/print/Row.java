package dev.argosy.model.schema.print;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The cells of one object, apart from the time at which they are shown. Worth keeping: it holds
 * texts, numbers, and of the cells that tell an age what the age is counted from.
 *
 * @param cells each a String, a Long, a Boolean, null or a {@link Timed}
 */
public record Row(List<Object> cells) {

  /** A cell whose text depends on the time. */
  @FunctionalInterface
  public interface Timed {
    Object at(Instant now);
  }

  public Row {
    cells = Collections.unmodifiableList(new ArrayList<>(cells));
  }

  /** The cells as they are shown at that time. */
  public List<Object> at(Instant now) {
    List<Object> shown = new ArrayList<>(cells.size());
    for (Object cell : cells) {
      shown.add(cell instanceof Timed timed ? timed.at(now) : cell);
    }
    return shown;
  }
}

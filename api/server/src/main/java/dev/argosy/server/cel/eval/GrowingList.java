package dev.argosy.server.cel.eval;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A loop's own list, which {@code accumulator + [item]} adds to in place, so that mapping n items
 * takes n steps. Nothing but the loop sees it before it is finished.
 */
public final class GrowingList extends AbstractList<Object> {

  private final List<Object> items = new ArrayList<>();

  /** This list with these behind it. */
  public GrowingList with(List<?> more) {
    items.addAll(more);
    return this;
  }

  List<Object> finished() {
    return Collections.unmodifiableList(items);
  }

  @Override
  public Object get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}

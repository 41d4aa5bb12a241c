package dev.argosy.server.cel.eval;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What {@code all}, {@code exists}, {@code map} and {@code filter} are made of. */
final class Loop implements Node {

  /**
   * Where the loop keeps its variables.
   *
   * @param second the slot of the second variable; -1 if there is none
   */
  record Slots(int first, int second, int accumulator) {}

  private final Slots slots;
  private final Node range;
  private final Node initial;
  private final Node condition;
  private final Node step;
  private final Node result;

  Loop(Slots slots, Node range, Node initial, Body body) {
    this.slots = slots;
    this.range = range;
    this.initial = initial;
    this.condition = body.condition();
    this.step = body.step();
    this.result = body.result();
  }

  record Body(Node condition, Node step, Node result) {}

  @Override
  public Object eval(Frame frame) {
    Object over = range.eval(frame);
    frame.set(slots.accumulator(), initial(frame));
    switch (over) {
      case List<?> list -> overList(list, frame);
      case Map<?, ?> map -> overMap(map, frame);
      default -> throw EvalError.noSuchOverload();
    }
    Object value = result.eval(frame);
    return switch (value) {
      case GrowingList list -> list.finished();
      case GrowingMap map -> map.finished();
      default -> value;
    };
  }

  /** An empty list is one that the loop will add to; see {@link GrowingList}. */
  private Object initial(Frame frame) {
    Object value = initial.eval(frame);
    return value instanceof List<?> list && list.isEmpty() ? new GrowingList() : value;
  }

  private void overList(List<?> list, Frame frame) {
    long index = 0;
    for (Object item : list) {
      if (slots.second() >= 0) {
        frame.set(slots.first(), index++);
        frame.set(slots.second(), Objects.requireNonNull(item));
      } else {
        frame.set(slots.first(), Objects.requireNonNull(item));
      }
      if (!turn(frame)) {
        return;
      }
    }
  }

  private void overMap(Map<?, ?> map, Frame frame) {
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      frame.set(slots.first(), Objects.requireNonNull(entry.getKey()));
      if (slots.second() >= 0) {
        frame.set(slots.second(), Objects.requireNonNull(entry.getValue()));
      }
      if (!turn(frame)) {
        return;
      }
    }
  }

  private boolean turn(Frame frame) {
    if (!Logic.bool(condition, frame)) {
      return false;
    }
    Object next;
    try {
      next = step.eval(frame);
    } catch (EvalError e) {
      next = e;
    }
    frame.set(slots.accumulator(), next);
    return true;
  }
}

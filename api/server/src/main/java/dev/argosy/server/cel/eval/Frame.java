package dev.argosy.server.cel.eval;

import dev.argosy.server.cel.Bindings;
import org.jspecify.annotations.Nullable;

/** One evaluation under way: variables, the variables of loops by slot, and the meter. */
public final class Frame {

  private final Bindings bindings;
  private final Meter meter;
  private final @Nullable Object[] locals;

  public Frame(Bindings bindings, Meter meter, int slots) {
    this.bindings = bindings;
    this.meter = meter;
    this.locals = new @Nullable Object[slots];
  }

  Bindings bindings() {
    return bindings;
  }

  void charge(long cost) {
    meter.charge(cost);
  }

  @Nullable Object local(int slot) {
    return locals[slot];
  }

  void set(int slot, Object value) {
    locals[slot] = value;
  }
}

package dev.argosy.model.informer;

import java.util.function.Consumer;

/** Treats every kind of change alike. */
record EveryChange<T>(Consumer<? super T> action) implements InformerHandler<T> {

  @Override
  public void added(T value) {
    action.accept(value);
  }

  /** Both states: what left a selector or an owner matters as much as what came. */
  @Override
  public void updated(T old, T value) {
    action.accept(old);
    action.accept(value);
  }

  @Override
  public void deleted(T last) {
    action.accept(last);
  }
}

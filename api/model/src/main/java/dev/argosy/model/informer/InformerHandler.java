package dev.argosy.model.informer;

/**
 * Is told of every change, by one thread at a time, in the order of revisions, after the image has
 * changed. Must be quick (put a key into a queue); an exception is logged and forgotten.
 */
public interface InformerHandler<T> {

  /** A new object; also every object that was there when the handler was added. */
  void added(T value);

  void updated(T old, T value);

  /** The object is gone; its last known state. */
  void deleted(T last);
}

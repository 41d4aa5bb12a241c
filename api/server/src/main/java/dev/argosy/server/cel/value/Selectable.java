package dev.argosy.server.cel.value;

import org.jspecify.annotations.Nullable;

/** A value with fields. */
public interface Selectable {

  /** The field of that name as expressions spell it; null if it is not set. */
  @Nullable Object select(String field);
}

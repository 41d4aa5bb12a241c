package dev.argosy.model.managed;

/**
 * Who writes, and through which door.
 *
 * @param manager the name that the writer gave; {@code unknown} if it gave none
 * @param apiVersion of the object as the writer sees it
 * @param subresource empty for the object itself
 */
public record Writer(String manager, String apiVersion, String subresource) {

  /** The manager of what was there before the first apply. */
  static final String BEFORE_FIRST_APPLY = "before-first-apply";

  public Writer {
    manager = manager.isEmpty() ? "unknown" : manager;
  }

  Writer named(String other) {
    return new Writer(other, apiVersion, subresource);
  }
}

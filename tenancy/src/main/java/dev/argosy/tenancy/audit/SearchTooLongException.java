package dev.argosy.tenancy.audit;

/** A search did not end in time. */
public final class SearchTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SearchTooLongException(Throwable cause) {
    super("the search took too long", cause);
  }
}

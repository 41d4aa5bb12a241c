package dev.argosy.tenancy.history;

/** Another server records the feed now, or has recorded this already; nothing was done. */
public final class LostFeedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostFeedException(String feed) {
    super("the history of " + feed + " is recorded by another server now");
  }
}

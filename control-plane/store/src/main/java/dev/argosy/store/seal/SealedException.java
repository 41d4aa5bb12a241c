package dev.argosy.store.seal;

/** There is no key for what is asked. The message is for whoever asked, and says what to do. */
public final class SealedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SealedException(String message) {
    super(message, null, false, false);
  }
}

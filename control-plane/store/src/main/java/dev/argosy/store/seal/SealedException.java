package dev.argosy.store.seal;

/** A value cannot be opened or sealed. The message is for whoever asked, and says what to do. */
final class SealedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SealedException(String message) {
    super(message, null, false, false);
  }
}

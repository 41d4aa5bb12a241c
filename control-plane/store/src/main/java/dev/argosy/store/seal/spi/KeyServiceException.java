package dev.argosy.store.seal.spi;

/** A key cannot be wrapped or unwrapped. The message says what to do, and holds no key. */
public final class KeyServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyServiceException(String message) {
    super(message);
  }

  public KeyServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.argosy.server.authn;

/** The token is no good. The message is for the log and holds nothing of the token. */
final class BadTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  BadTokenException(String message) {
    super(message, null, false, false);
  }
}

package dev.argosy.server.custom.path;

/** A text that is no path. */
final class PathSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  PathSyntaxException(String message) {
    super(message);
  }
}

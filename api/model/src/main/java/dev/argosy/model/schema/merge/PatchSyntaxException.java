package dev.argosy.model.schema.merge;

/** A strategic merge patch makes no sense; the message is for the client (400). */
public final class PatchSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PatchSyntaxException(String message) {
    super(message, null, false, false);
  }
}

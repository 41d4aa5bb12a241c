package dev.argosy.model.selector;

/** A selector cannot be understood; the message is for the client (400 or a field error). */
public final class SelectorSyntaxException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  SelectorSyntaxException(String message) {
    super(message);
  }
}

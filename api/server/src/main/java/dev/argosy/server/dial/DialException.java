package dev.argosy.server.dial;

import java.io.IOException;

/** There is no connection; the message says why, for the user. */
public final class DialException extends IOException {

  private static final long serialVersionUID = 1L;

  public DialException(String message) {
    super(message);
  }
}

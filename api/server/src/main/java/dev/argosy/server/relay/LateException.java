package dev.argosy.server.relay;

import java.io.IOException;

/** The time of an exchange was up. */
public final class LateException extends IOException {

  private static final long serialVersionUID = 1L;

  public LateException() {
    super("context deadline exceeded");
  }
}

package dev.argosy.server.aggregate.relay;

import java.io.IOException;

/** The time of an exchange was up. */
final class LateException extends IOException {

  private static final long serialVersionUID = 1L;

  LateException() {
    super("context deadline exceeded");
  }
}

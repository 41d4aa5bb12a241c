package dev.argosy.model.tunnel;

import java.io.IOException;

/** The session or the stream cannot go on; the message says why. */
public final class TunnelException extends IOException {

  private static final long serialVersionUID = 1L;

  public TunnelException(String message) {
    super(message);
  }
}

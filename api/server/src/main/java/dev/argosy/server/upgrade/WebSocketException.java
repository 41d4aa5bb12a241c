package dev.argosy.server.upgrade;

import java.io.IOException;

/** The peer broke the WebSocket protocol; the code is that of the close frame. */
final class WebSocketException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int code;

  WebSocketException(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }
}

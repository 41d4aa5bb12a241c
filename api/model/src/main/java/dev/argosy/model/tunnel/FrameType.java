package dev.argosy.model.tunnel;

import java.io.IOException;

/** What a frame says; the ordinal is its number on the wire. */
enum FrameType {
  /** Begins a stream; the payload is the request. */
  OPEN,
  /** Bytes of a stream; costs as many credits. */
  DATA,
  /** Gives the peer credits for a stream: four bytes, big-endian. */
  CREDIT,
  /** No more bytes come in this direction of the stream. */
  END,
  /** The stream is over in both directions; the payload is the reason as UTF-8 text. */
  RESET,
  /** Asks for a {@link #PONG} with the same payload. */
  PING,
  /** A sign of life. */
  PONG;

  private static final FrameType[] ALL = values();

  static FrameType of(int number) throws IOException {
    if (number < 0 || number >= ALL.length) {
      throw new TunnelException("unknown frame type " + number);
    }
    return ALL[number];
  }
}

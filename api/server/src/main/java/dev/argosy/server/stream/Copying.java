package dev.argosy.server.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies one direction of a connection and hands its end on. */
record Copying(InputStream from, OutputStream to) {

  /** On a thread of its own; the other direction notices when something broke. */
  void start() {
    Thread.ofVirtual().name("copy").start(this::run);
  }

  private void run() {
    try (from;
        to) {
      from.transferTo(to);
    } catch (IOException e) {
      // both ends are closed by now
    }
  }
}

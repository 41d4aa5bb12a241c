package dev.argosy.server.upgrade;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection that has left HTTP: bytes both ways. Output must be flushed.
 *
 * @param closing closes it, from any thread
 */
public record UpgradedConnection(InputStream input, OutputStream output, Closeable closing) {

  public void close() {
    try {
      closing.close();
    } catch (IOException e) {
      // it is given up anyway
    }
  }
}

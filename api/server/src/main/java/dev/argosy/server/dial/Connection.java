package dev.argosy.server.dial;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Bytes both ways. One thread may read while another writes; both block.
 *
 * @param closing ends both directions and wakes threads that are blocked in them
 */
public record Connection(InputStream input, OutputStream output, Closeable closing)
    implements Closeable {

  /** The same in the form that TLS can be laid over; closing either closes both. */
  public Socket asSocket() {
    return new StreamSocket(this);
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}

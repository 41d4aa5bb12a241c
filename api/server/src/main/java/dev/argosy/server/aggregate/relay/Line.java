package dev.argosy.server.aggregate.relay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLSocket;

/**
 * A connection to an API server, for one exchange. Output must be flushed.
 *
 * @param deadline closes it when its time is up
 */
record Line(InputStream input, OutputStream output, Closeable socket, Deadline deadline)
    implements Closeable {

  private static final int BUFFER = 16 * 1024;

  static Line over(SSLSocket socket, Deadline deadline) throws IOException {
    return new Line(
        new BufferedInputStream(socket.getInputStream(), BUFFER),
        new BufferedOutputStream(socket.getOutputStream(), BUFFER),
        socket,
        deadline);
  }

  /** At once, without farewell: the peer may not be reading. */
  @Override
  public void close() {
    deadline.close();
  }
}

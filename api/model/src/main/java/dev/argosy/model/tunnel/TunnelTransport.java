package dev.argosy.model.tunnel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * The bytes under a session: an upgraded HTTP connection or a socket.
 *
 * @param closing ends both directions and wakes threads that are blocked in them
 */
public record TunnelTransport(InputStream input, OutputStream output, Closeable closing) {

  public static TunnelTransport of(Socket socket) throws IOException {
    return new TunnelTransport(socket.getInputStream(), socket.getOutputStream(), socket);
  }

  void close() {
    try {
      closing.close();
    } catch (IOException e) {
      // nothing is left to be done for a connection that is given up
    }
  }
}

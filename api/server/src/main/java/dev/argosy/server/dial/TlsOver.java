package dev.argosy.server.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Lays TLS over a connection, as its client. */
public final class TlsOver {

  private TlsOver() {}

  /**
   * TLS with the peer that has a certificate for that host; returns after the handshake. Closing it
   * closes the connection.
   *
   * @param port names a session to be resumed, together with the host
   */
  public static SSLSocket named(SSLContext context, Connection connection, String host, int port)
      throws IOException {
    return secure(context, connection, host, port, true);
  }

  /** TLS with whoever is there, for those who do not want to know. */
  public static SSLSocket anyone(SSLContext context, Connection connection, String host, int port)
      throws IOException {
    return secure(context, connection, host, port, false);
  }

  private static SSLSocket secure(
      SSLContext context, Connection connection, String host, int port, boolean named)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(new StreamSocket(connection), host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    if (named) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (!isAddress(host)) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

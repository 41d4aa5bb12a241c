package dev.argosy.server.aggregate.remote;

import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.dial.TlsOver;
import dev.argosy.server.relay.Deadline;
import dev.argosy.server.relay.LateException;
import dev.argosy.server.relay.Line;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Makes connections to API servers of tenants. */
public final class RemoteLines {

  private final ServiceDialer services;
  private final RemoteTls tls;

  public RemoteLines(ServiceDialer services, Optional<FrontProxies> proxies, Clock clock) {
    this.services = services;
    this.tls = new RemoteTls(proxies, clock);
  }

  /**
   * A connection on which the server's name was verified and ours was given.
   *
   * @param time after which it is closed, whatever it is doing
   */
  Line open(RemoteServer server, Duration time) throws IOException {
    SSLContext context = tls.of(server);
    Connection connection = services.dial(server.service());
    Deadline deadline = Deadline.of(connection, time);
    boolean stands = false;
    try {
      Line line = Line.once(secure(server, context, connection), deadline);
      stands = true;
      return line;
    } catch (IOException e) {
      throw deadline.passed() ? new LateException() : e;
    } finally {
      if (!stands) {
        deadline.stop();
        connection.close();
      }
    }
  }

  /** Closed without farewell, as the peer may not be reading. */
  private static Connection secure(RemoteServer server, SSLContext context, Connection connection)
      throws IOException {
    String host = server.service().host();
    int port = server.service().port();
    SSLSocket socket =
        server.unverified()
            ? TlsOver.anyone(context, connection, host, port)
            : TlsOver.named(context, connection, host, port);
    return new Connection(socket.getInputStream(), socket.getOutputStream(), connection);
  }
}

package dev.argosy.server.aggregate.remote;

import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.dial.TlsOver;
import dev.argosy.server.relay.Deadline;
import dev.argosy.server.relay.IdleLines;
import dev.argosy.server.relay.LateException;
import dev.argosy.server.relay.Line;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Makes connections to API servers of tenants, and keeps those that can serve another request: each
 * for a short time, so that a service that leads elsewhere is followed soon.
 */
public final class RemoteLines {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IN_USE = Duration.ofMinutes(1);

  private final ServiceDialer services;
  private final RemoteTls tls;
  private final IdleLines<Peer> idle = new IdleLines<>(PATIENCE);
  private final Clock clock;

  public RemoteLines(ServiceDialer services, Optional<FrontProxies> proxies, Clock clock) {
    this.services = services;
    this.tls = new RemoteTls(proxies, clock);
    this.clock = clock;
  }

  /** Who is spoken to, and as whom: settings are those of one cluster, and one certificate. */
  private record Peer(RemoteServer server, SSLContext context) {}

  /** A connection that served a request before; the server may have hung up meanwhile. */
  Optional<Line> idle(RemoteServer server, Duration time) throws IOException {
    return idle.take(new Peer(server, tls.of(server)), time);
  }

  private void spared(Peer peer, Instant end, Line line) {
    if (clock.instant().isBefore(end)) {
      idle.put(peer, line);
    } else {
      line.close();
    }
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
      Peer peer = new Peer(server, context);
      Instant end = clock.instant().plus(IN_USE);
      Line line =
          Line.over(
              secure(server, context, connection), deadline, spare -> spared(peer, end, spare));
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

package dev.argosy.server.aggregate.relay;

import dev.argosy.server.aggregate.identity.FrontProxies;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.dial.TlsOver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

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
    String host = server.service().host();
    int port = server.service().port();
    try {
      return Line.over(
          server.unverified()
              ? TlsOver.anyone(context, connection, host, port)
              : TlsOver.named(context, connection, host, port),
          deadline);
    } catch (IOException e) {
      deadline.close();
      throw deadline.passed() ? new LateException() : e;
    } catch (RuntimeException e) {
      deadline.close();
      throw e;
    }
  }
}

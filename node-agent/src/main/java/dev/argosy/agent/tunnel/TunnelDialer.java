package dev.argosy.agent.tunnel;

import dev.argosy.model.tunnel.StreamAcceptor;
import dev.argosy.model.tunnel.TunnelSession;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.tunnel.TunnelTransport;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a tunnel to each API server. */
public final class TunnelDialer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TunnelDialer.class);

  private final List<URI> servers;
  private final TunnelHandshake handshake;
  private final StreamAcceptor acceptor;
  private final TunnelSettings settings;
  private final RandomGenerator jitter;
  private final Map<URI, TunnelSession> sessions = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * @param servers base addresses of the API servers, for example {@code https://10.0.0.1:6443}
   * @param tls gives the context with the node's present certificate; asked before each dialling
   */
  public TunnelDialer(
      List<URI> servers,
      Supplier<SSLContext> tls,
      StreamAcceptor acceptor,
      TunnelSettings settings,
      RandomGenerator jitter) {
    this.servers = List.copyOf(servers);
    this.handshake = new TunnelHandshake(tls);
    this.acceptor = acceptor;
    this.settings = settings;
    this.jitter = jitter;
  }

  /** Begins to dial; returns at once. */
  public void start() {
    for (URI server : servers) {
      Thread.ofVirtual().name("tunnel-dialer").start(() -> keepConnected(server));
    }
  }

  /** The servers to which a tunnel is open now. */
  public Set<URI> connected() {
    return Set.copyOf(sessions.keySet());
  }

  /** Drops the connections, which are dialled again: after the node's certificate has changed. */
  public void reconnect() {
    sessions.values().forEach(TunnelSession::close);
  }

  @Override
  public void close() {
    closed.countDown();
    reconnect();
  }

  private void keepConnected(URI server) {
    BackOff backOff = new BackOff(jitter);
    try {
      do {
        connect(server, backOff);
      } while (!closed.await(backOff.nextMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect(URI server, BackOff backOff) throws InterruptedException {
    try (Socket socket = handshake.dial(server)) {
      TunnelSession session =
          TunnelSession.start(
              TunnelTransport.of(socket), TunnelSession.Role.DIALER, settings, acceptor);
      sessions.put(server, session);
      backOff.reset();
      if (closed.getCount() == 0) {
        session.close();
      }
      LOG.info("the tunnel to {} is open", server);
      LOG.info("the tunnel to {} has ended: {}", server, session.awaitEnd());
    } catch (IOException e) {
      LOG.warn("cannot open the tunnel to {}: {}", server, e.getMessage());
    } finally {
      sessions.remove(server);
    }
  }
}

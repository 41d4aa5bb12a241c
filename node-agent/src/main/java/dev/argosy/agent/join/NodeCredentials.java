package dev.argosy.agent.join;

import dev.argosy.agent.api.HttpApiClient;
import dev.argosy.agent.api.HttpConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the node's certificate, and renews it in time. */
public final class NodeCredentials {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCredentials.class);
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final URI server;
  private final Tls tls;
  private final Path folder;
  private final String node;
  private final Clock clock;

  public NodeCredentials(URI server, Tls tls, Path folder, String node, Clock clock) {
    this.server = server;
    this.tls = tls;
    this.folder = folder;
    this.node = node;
    this.clock = clock;
  }

  /**
   * The certificate kept from before, or a new one for the token.
   *
   * @param token {@code ID.SECRET}; empty if the machine has joined before
   */
  public NodeCertificate obtain(String token) throws JoinFailure, InterruptedException {
    Optional<NodeCertificate> kept = NodeCertificate.load(folder);
    if (kept.isPresent() && kept.get().notAfter().isAfter(clock.instant())) {
      return kept.get();
    }
    if (token.isEmpty()) {
      throw new JoinFailure(
          kept.isPresent()
              ? "the node's certificate has ended: give a new join token (--token)"
              : "this machine has not joined yet: give a join token (--token)");
    }
    try (HttpConnection connection = new HttpConnection(server, tls.context(null), token)) {
      return ask(connection);
    }
  }

  private NodeCertificate ask(HttpConnection connection) throws JoinFailure, InterruptedException {
    CertificateRequest.Granted granted =
        new CertificateRequest(new HttpApiClient(connection), node).ask();
    granted.certificate().save(folder, granted.pem());
    return granted.certificate();
  }

  /** Renews until stopped; the listener gets each new certificate. */
  public void renewForEver(
      NodeCertificate first,
      HttpConnection connection,
      CountDownLatch stopped,
      Consumer<NodeCertificate> listener) {
    NodeCertificate current = first;
    try {
      while (true) {
        Duration until = Duration.between(clock.instant(), current.renewAt());
        if (stopped.await(Math.max(1000, until.toMillis()), TimeUnit.MILLISECONDS)) {
          return;
        }
        try {
          current = ask(connection);
          listener.accept(current);
          LOG.info("the node's certificate was renewed until {}", current.notAfter());
        } catch (JoinFailure e) {
          LOG.warn("the node's certificate was not renewed: {}", e.getMessage());
          if (stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

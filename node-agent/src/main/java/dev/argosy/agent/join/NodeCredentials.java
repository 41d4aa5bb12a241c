package dev.argosy.agent.join;

import dev.argosy.agent.api.HttpApiClient;
import dev.argosy.agent.api.HttpConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets the node's certificate, and renews it in time. */
public final class NodeCredentials {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCredentials.class);
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMinutes(5);
  private static final Duration LEAST = Duration.ofSeconds(1);

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
   * The certificate kept from before. If there is none, a new one for the token; if it has ended,
   * the next one, which the server gives to a node that it still knows, else one for the token.
   *
   * @param token {@code ID.SECRET}; empty if the machine has joined before
   */
  public NodeCertificate obtain(String token) throws JoinFailure, InterruptedException {
    Optional<NodeCertificate> kept = NodeCertificate.load(folder);
    if (kept.isEmpty()) {
      if (token.isEmpty()) {
        throw new JoinFailure("this machine has not joined yet: give a join token (--token)");
      }
      return ask(null, token);
    }
    Instant end = kept.get().notAfter();
    if (end.isAfter(clock.instant())) {
      return kept.get();
    }
    try {
      NodeCertificate next = ask(kept.get(), "");
      LOG.info("the node's certificate had ended {}; the server gave the next one", end);
      return next;
    } catch (JoinFailure e) {
      if (!token.isEmpty()) {
        return ask(null, token);
      }
      throw new JoinFailure(
          "the node's certificate has ended "
              + end
              + ", and the server gives no other for it ("
              + e.getMessage()
              + "): give a new join token (--token); nothing else of this machine is lost");
    }
  }

  /**
   * A new certificate for the token, whatever was kept from before: that may be another platform's.
   * If it is refused, what was kept stays.
   *
   * @param token {@code ID.SECRET}
   */
  public NodeCertificate join(String token) throws JoinFailure, InterruptedException {
    return ask(null, token);
  }

  private NodeCertificate ask(@Nullable NodeCertificate shown, String token)
      throws JoinFailure, InterruptedException {
    try (HttpConnection connection = new HttpConnection(server, tls.context(shown), token)) {
      return ask(connection);
    }
  }

  private NodeCertificate ask(HttpConnection connection) throws JoinFailure, InterruptedException {
    CertificateRequest.Granted granted = request(connection);
    granted.certificate().save(folder, granted.pem());
    return granted.certificate();
  }

  private CertificateRequest.Granted request(HttpConnection connection)
      throws JoinFailure, InterruptedException {
    CertificateRequest.Granted granted;
    try {
      granted = new CertificateRequest(new HttpApiClient(connection), node).ask();
    } catch (JoinFailure e) {
      throw ClockSkew.mayBeBehind(e, clock.instant());
    }
    granted
        .asked()
        .flatMap(asked -> ClockSkew.between(asked, clock.instant()))
        .ifPresent(LOG::warn);
    return granted;
  }

  /**
   * Renews until stopped; the listener gets each new certificate. One that the disk has no room for
   * is used all the same, and kept when there is room.
   */
  public void renewForEver(
      NodeCertificate first,
      HttpConnection connection,
      CountDownLatch stopped,
      Consumer<NodeCertificate> listener) {
    NodeCertificate current = first;
    CertificateRequest.@Nullable Granted unkept = null;
    try {
      while (true) {
        Duration until = Duration.between(clock.instant(), current.renewAt());
        if (stopped.await(pause(until).toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        unkept = unkept == null ? null : keep(unkept);
        if (clock.instant().isBefore(current.renewAt())) {
          continue;
        }
        try {
          CertificateRequest.Granted granted = request(connection);
          current = granted.certificate();
          unkept = keep(granted);
          listener.accept(current);
          LOG.info("the node's certificate was renewed until {}", current.notAfter());
        } catch (JoinFailure e) {
          LOG.warn("the node's certificate was not renewed: {}", e.getMessage());
        }
        // by a clock that is months ahead the new one is to be renewed at once, too
        boolean again = !clock.instant().isBefore(current.renewAt());
        if (again && stopped.await(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers what is still to be kept: nothing, if this is. */
  private CertificateRequest.@Nullable Granted keep(CertificateRequest.Granted granted) {
    try {
      granted.certificate().save(folder, granted.pem());
      return null;
    } catch (JoinFailure e) {
      LOG.warn("{}; it is used all the same, and kept when that can be done", e.getMessage());
      return granted;
    }
  }

  /** A machine that sleeps does not count the time that it waits: it looks at its clock often. */
  private static Duration pause(Duration until) {
    return until.compareTo(LOOK) > 0 ? LOOK : until.compareTo(LEAST) < 0 ? LEAST : until;
  }
}

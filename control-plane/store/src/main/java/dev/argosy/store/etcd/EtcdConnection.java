package dev.argosy.store.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The client that is in use now. gRPC waits longer and longer between tries to reconnect, up to
 * minutes; so a client that fails for a while is replaced by a new one, which tries at once.
 */
final class EtcdConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EtcdConnection.class);
  private static final long REPLACE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final Duration KEEPALIVE = Duration.ofSeconds(10);
  private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(5);

  private final EtcdConfig config;
  private final ExecutorService callbacks =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("etcd-", 0).factory());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Client client;

  /** When the client was made, or last worked. */
  private volatile long worked = System.nanoTime();

  EtcdConnection(EtcdConfig config) {
    this.config = config;
    this.client = build();
  }

  Client client() {
    return client;
  }

  /** Tells that etcd answered. */
  void succeeded() {
    worked = System.nanoTime();
  }

  /** Tells that a call through this client could not reach etcd. */
  synchronized void failed(Client used) {
    boolean recently = System.nanoTime() - worked < REPLACE_NANOS;
    if (recently || used != client || closed.getCount() == 0) {
      return;
    }
    worked = System.nanoTime();
    client = build();
    Thread.ofVirtual().name("etcd-replaced").start(() -> closeLater(used));
  }

  /** What is on its way may still arrive. */
  private void closeLater(Client old) {
    try {
      boolean ended = closed.await(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      LOG.debug("closing a replaced client, at the end: {}", ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      old.close();
    }
  }

  @Override
  public synchronized void close() {
    if (closed.getCount() > 0) {
      closed.countDown();
      client.close();
      callbacks.shutdown();
    }
  }

  /** Each client has its own, because it closes it. */
  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setUseDaemonThread(true));
  }

  private Client build() {
    ClientBuilder builder =
        Client.builder()
            .endpoints(config.endpoints())
            .vertx(vertx())
            .executorService(callbacks)
            .connectTimeout(config.connectTimeout())
            .keepaliveTime(KEEPALIVE)
            .keepaliveTimeout(KEEPALIVE_ANSWER)
            .keepaliveWithoutCalls(true)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .retryMaxDuration(config.requestTimeout())
            .waitForReady(false);
    config.security().login().ifPresent(login -> login(builder, login));
    if (config.endpoints().getFirst().getScheme().equals("https")) {
      encrypt(builder);
    }
    return builder.build();
  }

  private static void login(ClientBuilder builder, EtcdConfig.Login login) {
    builder
        .user(ByteSequence.from(login.user(), StandardCharsets.UTF_8))
        .password(ByteSequence.from(login.password(), StandardCharsets.UTF_8));
  }

  private void encrypt(ClientBuilder builder) {
    EtcdConfig.Security security = config.security();
    try {
      builder.sslContext(ssl -> {
        security.certificateAuthority().ifPresent(file -> ssl.trustManager(file.toFile()));
        security
            .identity()
            .ifPresent(id -> ssl.keyManager(id.certificate().toFile(), id.key().toFile()));
      });
    } catch (SSLException e) {
      throw new IllegalArgumentException("the certificates for etcd cannot be used", e);
    }
  }
}

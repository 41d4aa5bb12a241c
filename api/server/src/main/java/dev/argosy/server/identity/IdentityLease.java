package dev.argosy.server.identity;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lease of this API server: {@code apiserver-…}, for an hour, renewed every ten seconds. Leases
 * of others that have ended are deleted.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/#api-server-identity">API
 *     server identity</a>
 */
public final class IdentityLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityLease.class);
  private static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
  private static final String NAMESPACE = "kube-system";
  private static final String LABEL = "apiserver.kubernetes.io/identity";
  private static final String VALUE = "kube-apiserver";
  private static final Duration LASTS = Duration.ofHours(1);
  private static final Duration RENEWED = Duration.ofSeconds(10);
  private static final Duration CLEARED = Duration.ofHours(1);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ApiClient client;
  private final Server server;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private Instant nextClearing = Instant.MIN;

  /**
   * Which server.
   *
   * @param host name of the machine
   * @param port tells servers of one machine apart
   * @param holder different after each start
   */
  public record Server(String host, int port, String holder) {
    String lease() {
      try {
        byte[] name = (host + ":" + port).getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
        return "apiserver-" + HexFormat.of().formatHex(digest).substring(0, 26);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /**
   * Not renewed yet.
   *
   * @param client of somebody who may write leases in the platform's cluster
   */
  public IdentityLease(ApiClient client, Server server, Clock clock) {
    this.client = client;
    this.server = server;
    this.clock = clock;
  }

  /** Begins; does not wait. */
  public IdentityLease start() {
    thread = Thread.ofVirtual().name("api-server-identity").start(this::run);
    return this;
  }

  private void run() {
    try {
      do {
        try {
          beat();
        } catch (RuntimeException e) {
          LOG.warn("the API server's lease cannot be renewed, trying again", e);
        }
      } while (!closing.await(RENEWED.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews the lease, or makes it; from time to time clears others. */
  void beat() {
    ObjectKey key = new ObjectKey(LEASES, ClusterDirectory.ROOT, NAMESPACE, server.lease());
    switch (client.get(key)) {
      case ApiResult.Ok<ApiObject>(ApiObject present) -> {
        ObjectNode lease = present.tree();
        lease.withObject("/spec").setAll(spec());
        client.update(key, "", lease).orThrow();
      }
      case ApiResult.Refused<ApiObject> refused -> client.create(scope(), fresh()).orThrow();
    }
    Instant now = clock.instant();
    if (!now.isBefore(nextClearing)) {
      nextClearing = now.plus(CLEARED);
      clear(now);
    }
  }

  private static ResourceScope scope() {
    return ResourceScope.namespace(LEASES, ClusterDirectory.ROOT, NAMESPACE);
  }

  private ObjectNode fresh() {
    ObjectNode lease = Json.object();
    lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    ObjectNode metadata = lease.putObject("metadata").put("name", server.lease());
    metadata.putObject("labels").put(LABEL, VALUE).put("kubernetes.io/hostname", server.host());
    lease.set("spec", spec());
    return lease;
  }

  private ObjectNode spec() {
    return Json.object()
        .put("holderIdentity", server.lease() + "_" + server.holder())
        .put("leaseDurationSeconds", LASTS.toSeconds())
        .put("renewTime", MICROS.format(clock.instant()));
  }

  private void clear(Instant now) {
    ObjectList leases = client.list(scope(), ListOptions.labels(LABEL + "=" + VALUE)).orThrow();
    for (ApiObject lease : leases.items()) {
      if (ended(lease, now)) {
        client.delete(lease.key(), DeleteOptions.DEFAULT);
      }
    }
  }

  private static boolean ended(ApiObject lease, Instant now) {
    var spec = lease.tree().path("spec");
    try {
      return Instant.parse(spec.path("renewTime").asString(""))
          .plusSeconds(spec.path("leaseDurationSeconds").asLong(0))
          .isBefore(now);
    } catch (DateTimeParseException e) {
      return true; // none of a server
    }
  }

  /** Stops renewing. The lease stays until it ends, as servers that crash leave theirs. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}

package dev.argosy.server.pki;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.follow.CacheFollower;
import dev.argosy.server.follow.Tending;
import dev.argosy.store.cache.CacheEvent;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.WatchCache;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signs what was approved for Kubernetes' signers of client certificates, in every logical cluster.
 * Each certificate belongs to the cluster of its request and means nobody elsewhere. Requests of
 * root's nodes are {@link NodeCertificates}' affair. One thread follows, one works; both wait while
 * nothing happens. It may run on every server: who is late finds the request answered.
 */
public final class ClientCertificates implements AutoCloseable {

  /** What it signs. */
  public static final GroupResource REQUESTS =
      new GroupResource("certificates.k8s.io", "certificatesigningrequests");

  private static final Logger LOG = LoggerFactory.getLogger(ClientCertificates.class);
  private static final Tending.Crew CREW =
      new Tending.Crew("client-certificates", 1, Duration.ofMillis(500));

  private final ApiClient client;
  private final CertificateAuthority authority;
  private final ClusterDirectory clusters;
  private final WatchCache cache;
  private final Clock clock;
  private final Tending requests = new Tending(CREW, this::tend);
  private final CacheFollower follower;

  /**
   * @param cache of {@link #REQUESTS}
   */
  public ClientCertificates(
      ApiClient client,
      CertificateAuthority authority,
      ClusterDirectory clusters,
      WatchCache cache,
      Clock clock) {
    this.client = client;
    this.authority = authority;
    this.clusters = clusters;
    this.cache = cache;
    this.clock = clock;
    this.follower = new CacheFollower(cache, new Requests());
  }

  /** Begins; does not wait. */
  public void start() {
    follower.start();
    requests.start();
  }

  @Override
  public void close() {
    follower.close();
    requests.close();
  }

  private final class Requests implements CacheFollower.Listener {
    @Override
    public void reset(CacheSnapshot state) {
      for (String cluster : state.clusters()) {
        state.list(cluster, "").forEach(ClientCertificates.this::look);
      }
    }

    @Override
    public void changed(List<CacheEvent> events) {
      for (CacheEvent event : events) {
        if (event.type() != CacheEvent.Type.DELETED) {
          look(event.object());
        }
      }
    }
  }

  private void look(ApiObject request) {
    requests.put(request.cluster() + "/" + request.name());
  }

  /** Answers a request; false if it must be looked at again. */
  private boolean tend(String name) {
    String[] parts = name.split("/", 2);
    Optional<LogicalCluster> cluster = clusters.find(parts[0]);
    Optional<ApiObject> request =
        cache.snapshot().get(new ObjectKey(REQUESTS, parts[0], "", parts[1]));
    return cluster.isEmpty()
        || request.isEmpty()
        || request.get().meta().deleting()
        || answer(cluster.get(), request.get());
  }

  private boolean answer(LogicalCluster cluster, ApiObject request) {
    ObjectNode object = request.tree();
    if (cluster.name().equals(ClusterDirectory.ROOT) && NodeRequest.meant(object)) {
      return true;
    }
    switch (ClientRequest.of(object)) {
      case ClientRequest.NotOurs ours -> {
        return true;
      }
      case ClientRequest.Good good ->
          RequestStatus.issue(object, authority.sign(good.asked(), ClusterUri.of(cluster)));
      case ClientRequest.Bad bad ->
          RequestStatus.add(
              object, clock.instant(), "Failed", "SignerValidationFailure", bad.why());
    }
    return done(request, client.updateStatus(request.key(), object));
  }

  /** A conflict means a newer state, which is on its way here. */
  private static boolean done(ApiObject request, ApiResult<ApiObject> result) {
    switch (result) {
      case ApiResult.Ok<ApiObject> ok -> {
        LOG.info("answered certificate request {}", request.key());
        return true;
      }
      case ApiResult.Refused<ApiObject> refused -> {
        if (refused.refusedFor(Reason.CONFLICT) || refused.refusedFor(Reason.NOT_FOUND)) {
          return true;
        }
        LOG.warn("{} cannot be answered: {}", request.key(), refused.status().message());
        return false;
      }
    }
  }
}

package dev.argosy.server.pki;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Approves and signs the certificate requests of joining and renewing nodes, in root only. Runs on
 * a virtual thread; safe to run on several servers: who is late finds the request answered.
 */
public final class NodeCertificates implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeCertificates.class);
  private static final GroupResource REQUESTS =
      new GroupResource("certificates.k8s.io", "certificatesigningrequests");
  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final String GONE =
      "the node's certificate has ended, and the node was deleted: join again with a token";
  private static final long RETRY_SECONDS = 1;

  private final ApiClient client;
  private final CertificateAuthority authority;
  private final Clock clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  public NodeCertificates(ApiClient client, CertificateAuthority authority, Clock clock) {
    this.client = client;
    this.authority = authority;
    this.clock = clock;
  }

  /** Begins; does not wait. */
  public void start() {
    thread = Thread.ofVirtual().name("node-certificates").start(this::run);
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      do {
        follow();
      } while (!closing.await(RETRY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws InterruptedException {
    ResourceScope scope = ResourceScope.cluster(REQUESTS, ClusterDirectory.ROOT);
    try (WatchStream stream = client.watch(scope, WatchOptions.STATE_AND_CHANGES).orThrow()) {
      for (var events = stream.next(); !events.isEmpty(); events = stream.next()) {
        for (WatchEvent event : events) {
          switch (event) {
            case WatchEvent.Added added -> answer(added.object());
            case WatchEvent.Modified modified -> answer(modified.object());
            case WatchEvent.Failed failed -> {
              return;
            }
            case WatchEvent.Deleted deleted -> {}
            case WatchEvent.Bookmark bookmark -> {}
          }
        }
      }
    } catch (StatusException e) {
      LOG.debug("certificate requests cannot be watched: {}", e.status().message());
    } catch (RuntimeException e) {
      LOG.warn("certificate requests cannot be answered, trying again", e);
    }
  }

  /** Does the next thing that the request needs; the change brings it back for the one after. */
  private void answer(ApiObject request) {
    ObjectNode object = request.tree();
    switch (NodeRequest.of(object)) {
      case NodeRequest.NotOurs ours -> {}
      case NodeRequest.Good good when good.late().filter(this::gone).isPresent() ->
          decide(request, object, "Denied", "NodeGone", GONE);
      case NodeRequest.Good good -> {
        if (RequestStatus.says(object.path("status"), "Approved")) {
          sign(request, object, good);
        } else {
          decide(
              request, object, "Approved", "AutoApproved", "a join token or the node itself asks");
        }
      }
      case NodeRequest.Bad bad -> decide(request, object, "Denied", "NotAcceptable", bad.why());
    }
  }

  /**
   * Whether there is no node of that name any more.
   *
   * @throws StatusException if it cannot be found out now; the request is looked at again then
   */
  private boolean gone(String node) {
    return client.get(new ObjectKey(NODES, ClusterDirectory.ROOT, "", node)).orAbsent().isEmpty();
  }

  private void decide(
      ApiObject request, ObjectNode object, String type, String reason, String message) {
    RequestStatus.add(object, clock.instant(), type, reason, message);
    log(type, request, client.update(request.key(), "approval", object));
  }

  private void sign(ApiObject request, ObjectNode object, NodeRequest.Good good) {
    RequestStatus.issue(object, authority.sign(good.asked(), ClusterUri.ROOT));
    log("Signed", request, client.updateStatus(request.key(), object));
  }

  private static void log(String what, ApiObject request, ApiResult<ApiObject> result) {
    switch (result) {
      case ApiResult.Ok<ApiObject> ok ->
          LOG.info("{} certificate request {}", what, request.name());
      case ApiResult.Refused<ApiObject> refused
          when refused.status().reason() == Reason.CONFLICT
              || refused.status().reason() == Reason.NOT_FOUND -> {}
      case ApiResult.Refused<ApiObject> refused ->
          LOG.warn("certificate request {}: {}", request.name(), refused.status().message());
    }
  }
}

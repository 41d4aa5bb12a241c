package dev.argosy.agent.csi;

import dev.argosy.agent.csi.CsiNodePlan.DriverEntry;
import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells the API which drivers are registered on the node: in its CSINode and by topology labels of
 * the Node. It does so when one comes or goes, and looks again every minute. What an agent of
 * before told stays for half a minute, in which its drivers come back.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/csi-node-v1/">CSINode</a>
 */
public final class CsiNodeReport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CsiNodeReport.class);
  private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
  private static final Duration RETURN = Duration.ofSeconds(30);
  private static final long LOOK_SECONDS = 30;
  private static final long RETRY_SECONDS = 5;

  private final ApiClient api;
  private final String node;
  private final Supplier<List<Driver>> drivers;
  private final Clock clock;
  private final Instant began;
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean closed;
  private String told = "";

  /**
   * A report that has not begun.
   *
   * @param drivers those that are registered
   */
  public CsiNodeReport(ApiClient api, String node, Supplier<List<Driver>> drivers, Clock clock) {
    this.api = api;
    this.node = node;
    this.drivers = drivers;
    this.clock = clock;
    this.began = clock.instant();
  }

  /** Begins, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("csi-node").start(this::run);
  }

  /** A driver came or went. */
  public void changed() {
    changes.release();
  }

  private void run() {
    try {
      boolean written = true;
      while (!closed) {
        boolean asked =
            changes.tryAcquire(written ? LOOK_SECONDS : RETRY_SECONDS, TimeUnit.SECONDS);
        changes.drainPermits();
        if (!closed && (asked || !written || clock.instant().isAfter(began.plus(RETURN)))) {
          written = write();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what differs; whether all is as it should be. */
  boolean write() {
    try {
      return switch (api.get(new ObjectKey(NodeIdentity.NODES, NodeIdentity.ROOT, "", node))) {
        case ApiResult.Ok<ApiObject>(ApiObject found) -> write(found);
        case ApiResult.Refused<ApiObject> _ -> false; // its reporter says so
      };
    } catch (RuntimeException e) {
      LOG.error("drivers of storage could not be told", e);
      return false;
    }
  }

  private boolean write(ApiObject found) {
    ApiResult<ApiObject> csiNode = api.get(key());
    JsonNode before =
        csiNode.orAbsent().map(o -> o.tree().at("/spec/drivers")).orElseGet(Json::object);
    boolean patient = clock.instant().isBefore(began.plus(RETURN));
    List<DriverEntry> entries =
        drivers.get().stream().map(d -> new DriverEntry(d.name(), d.facts())).toList();
    CsiNodePlan plan =
        CsiNodePlan.of(before, found.tree().at("/metadata/labels"), entries, patient);
    boolean written = true;
    for (ObjectNode spec : plan.specs()) {
      written = written && told(put(csiNode, spec, found));
    }
    if (!plan.labels().isEmpty()) {
      ObjectNode patch = Json.object();
      ObjectNode labels = patch.putObject("metadata").putObject("labels");
      plan.labels().forEach((key, value) -> labels.put(key, value.isEmpty() ? null : value));
      written = told(api.patch(found.key(), "", Patch.merge(patch))) && written;
    }
    if (!plan.disputed().isEmpty()) {
      trouble("labels of the node differ: " + String.join("; ", plan.disputed()));
    }
    return written;
  }

  private ObjectKey key() {
    return new ObjectKey(CSI_NODES, NodeIdentity.ROOT, "", node);
  }

  private ApiResult<ApiObject> put(ApiResult<ApiObject> there, ObjectNode spec, ApiObject owner) {
    if (there.refusedFor(Reason.NOT_FOUND)) {
      ObjectNode made = Json.object().put("apiVersion", "storage.k8s.io/v1").put("kind", "CSINode");
      made.putObject("metadata")
          .put("name", node)
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "v1")
          .put("kind", "Node")
          .put("name", node)
          .put("uid", owner.meta().uid());
      made.set("spec", spec);
      return api.create(ResourceScope.cluster(CSI_NODES, NodeIdentity.ROOT), made);
    }
    ObjectNode patch = Json.object();
    patch.set("spec", spec);
    return api.patch(key(), "", Patch.merge(patch));
  }

  private boolean told(ApiResult<ApiObject> answer) {
    return switch (answer) {
      case ApiResult.Ok<ApiObject> _ -> true;
      case ApiResult.Refused<ApiObject>(Status refused) -> {
        trouble(refused.message());
        yield false;
      }
    };
  }

  private void trouble(String why) {
    if (!why.equals(told)) {
      told = why;
      LOG.warn("drivers of storage on node {}: {}", node, why);
    }
  }

  @Override
  public void close() {
    closed = true;
    changes.release();
  }
}

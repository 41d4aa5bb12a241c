package dev.argosy.agent.node;

import dev.argosy.agent.device.Devices;
import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.pressure.NodeCondition;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the node's object, status and lease as they should be. */
public final class NodeReporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeReporter.class);
  private static final Duration UNCHANGED = Duration.ofMinutes(5);
  private static final int LEASE_SECONDS = 40;

  private final ApiClient api;
  private final NodeIdentity identity;
  private final NodeFacts facts;
  private final ContainerRuntime runtime;
  private final NodeHealth health;
  private final Supplier<Map<String, Devices.Amount>> devices;
  private final Clock clock;
  private final Consumer<JsonNode> listener;
  private final EventRecorder events;
  private final ConditionEvents told;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Instant reported = Instant.EPOCH;
  private final ReportPauses pauses;
  private boolean reachable = true;

  /**
   * A reporter that has not begun.
   *
   * @param pressure what the node is short of now
   * @param devices what plug-ins offer now, by resource
   * @param listener is given the node's object again and again, as the API has it
   */
  public NodeReporter(
      ApiClient api,
      NodeIdentity identity,
      NodeFacts facts,
      ContainerRuntime runtime,
      PodNetwork network,
      Supplier<Set<NodeCondition>> pressure,
      Supplier<Map<String, Devices.Amount>> devices,
      Clock clock,
      Consumer<JsonNode> listener) {
    this.api = api;
    this.identity = identity;
    this.facts = facts;
    this.runtime = runtime;
    this.health = new NodeHealth(runtime, network, pressure);
    this.devices = devices;
    this.clock = clock;
    this.listener = listener;
    this.events = new EventRecorder(api, "kubelet", identity.name(), clock);
    this.told = new ConditionEvents(events);
    this.pauses = new ReportPauses(identity.name());
  }

  /** Begins to report, on a thread of its own. */
  public void start() {
    Thread.ofVirtual().name("node-reporter").start(this::run);
  }

  /** Reports at once that the machine goes down. */
  public void shutDown() {
    health.shutDown();
    beat();
  }

  /** Reports without waiting for the next beat. */
  public void soon() {
    Thread.ofVirtual().name("node-report").start(this::beat);
  }

  private void run() {
    try {
      do {
        beat();
      } while (!closed.await(pause().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause() {
    return reachable ? pauses.reached(health.look().notReady().isEmpty()) : pauses.away();
  }

  /** One round: object, status, lease. */
  synchronized void beat() {
    try {
      ApiResult<ApiObject> node = present();
      switch (node) {
        case ApiResult.Ok<ApiObject>(ApiObject object) -> {
          reached(true, "");
          JsonNode tree = object.tree();
          listener.accept(tree);
          report(tree);
          renewLease();
        }
        case ApiResult.Refused<ApiObject>(Status s) -> reached(false, s.message());
      }
    } catch (RuntimeException e) {
      LOG.error("the node could not be reported", e);
    }
  }

  private void reached(boolean now, String why) {
    if (now != reachable) {
      reachable = now;
      if (now) {
        LOG.info("the API server answers again");
      } else {
        LOG.warn("node {} cannot be reported: {}", identity.name(), why);
      }
    }
  }

  private ApiResult<ApiObject> present() {
    ApiResult<ApiObject> found = api.get(identity.key());
    return found.refusedFor(Reason.NOT_FOUND)
        ? api.create(ResourceScope.cluster(NodeIdentity.NODES, NodeIdentity.ROOT), newNode())
        : found;
  }

  private ObjectNode newNode() {
    ObjectNode node = Json.object();
    node.put("apiVersion", "v1").put("kind", "Node");
    ObjectNode labels = node.putObject("metadata").put("name", identity.name()).putObject("labels");
    labels.put("argosy.dev/pool", identity.pool());
    labels.put("kubernetes.io/hostname", identity.name());
    labels.put("kubernetes.io/os", "linux").put("kubernetes.io/arch", facts.architecture());
    labels.put("beta.kubernetes.io/os", "linux");
    labels.put("beta.kubernetes.io/arch", facts.architecture());
    node.putObject("spec");
    return node;
  }

  private void report(JsonNode node) {
    JsonNode before = node.path("status");
    Instant now = clock.instant();
    ObjectNode status =
        new NodeStatus(identity, facts, before, now)
            .of(health.look(), images(), 10250, devices.get());
    boolean due = Duration.between(reported, now).abs().compareTo(UNCHANGED) >= 0;
    if (!due && sameBut(status, before)) {
      return;
    }
    ObjectNode body = Json.object();
    body.set("status", status);
    switch (api.patch(identity.key(), "status", Patch.merge(body))) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        reported = now;
        told.tell(written, before, status);
      }
      case ApiResult.Refused<ApiObject>(Status s) ->
          LOG.warn("status of node {} not written: {}", identity.name(), s.message());
    }
  }

  /** Whether two statuses differ in no more than the times of their conditions. */
  private static boolean sameBut(ObjectNode status, JsonNode before) {
    return status.properties().stream()
            .filter(e -> !e.getKey().equals("conditions"))
            .allMatch(e -> Json.same(e.getValue(), before.path(e.getKey())))
        && summary(status).equals(summary(before));
  }

  private static List<String> summary(JsonNode status) {
    return status
        .path("conditions")
        .valueStream()
        .map(c ->
            c.path("type").asString("")
                + c.path("status").asString("")
                + c.path("message").asString(""))
        .sorted()
        .toList();
  }

  private List<Image> images() {
    try {
      return runtime.images().list();
    } catch (RuntimeFailure e) {
      return List.of();
    }
  }

  private void renewLease() {
    String now = clock.instant().truncatedTo(ChronoUnit.MICROS).toString();
    ObjectNode patch = Json.object();
    patch.putObject("spec").put("renewTime", now);
    ApiResult<ApiObject> renewed = api.patch(identity.leaseKey(), "", Patch.merge(patch));
    if (renewed.refusedFor(Reason.NOT_FOUND)) {
      ObjectNode lease = Json.object();
      lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
      lease.putObject("metadata").put("name", identity.name());
      ObjectNode spec = lease.putObject("spec");
      spec.put("holderIdentity", identity.name()).put("leaseDurationSeconds", LEASE_SECONDS);
      spec.put("renewTime", now);
      api.create(
          ResourceScope.namespace(
              NodeIdentity.LEASES, NodeIdentity.ROOT, NodeIdentity.LEASE_NAMESPACE),
          lease);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    events.close();
  }
}

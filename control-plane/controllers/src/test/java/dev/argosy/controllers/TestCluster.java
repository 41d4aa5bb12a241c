package dev.argosy.controllers;

import dev.argosy.controllers.namespace.RemoteResources;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A fake API with all controllers running on it; time moves only when the test says so. */
final class TestCluster implements AutoCloseable {

  static final String TENANT = "acme";
  final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  final FakeApi api;
  final ApiClient client;
  final FakeKubelet kubelet;
  final FakeDriver driver = new FakeDriver();
  private final RemoteResources remote;
  private final List<ControllerTerm> overtaken = new ArrayList<>();
  private ControllerTerm term;
  private boolean mortal;

  private final Set<String> alive = new TreeSet<>(Set.of("node-1"));
  private Instant beat = Instant.MIN;

  TestCluster() {
    this(RemoteResources.NONE);
  }

  /** With API servers of the tenant's own. */
  TestCluster(RemoteResources remote) {
    this(remote, TENANT);
  }

  /** With these tenants. */
  TestCluster(String first, String second) {
    this(RemoteResources.NONE, first, second);
  }

  private TestCluster(RemoteResources remote, String... tenants) {
    this.remote = remote;
    this.api =
        new FakeApi(
            timers.clock(),
            Stream.concat(Stream.of("root"), Stream.of(tenants)).toArray(String[]::new));
    this.client = api.client();
    this.kubelet = new FakeKubelet(client, timers.clock());
    addNode("node-1");
    heartbeat();
    term = begin(api);
  }

  /** The next term, whose fence makes that of the one before fall. */
  private ControllerTerm begin(ApiClients clients) {
    mortal = clients instanceof MortalClients;
    return new ControllerTerm(
        clients.behind(fence()),
        ControllerConfig.of("test", "CA", new ControllerConfig.Served(() -> Types.ALL, remote))
            .withDrivers(driver),
        timers);
  }

  private Fence fence() {
    ObjectKey key = new ObjectKey(Kinds.LEASES, "root", "kube-system", "argosy-controllers-term");
    ObjectNode lease = object("coordination.k8s.io/v1", "Lease", key.name());
    Optional<ApiObject> present = client.get(key).orAbsent();
    int number = present.map(p -> p.tree().at("/spec/leaseTransitions").asInt(0)).orElse(0);
    lease.putObject("spec").put("leaseTransitions", number + 1);
    ApiObject written =
        present.isPresent()
            ? client.update(key, lease).orThrow()
            : client
                .create(ResourceScope.namespace(Kinds.LEASES, "root", "kube-system"), lease)
                .orThrow();
    return new Fence(key, written.revision());
  }

  /** As when the process dies and another takes over: all that was in memory is lost. */
  void crash() {
    crash(api);
  }

  /** The same; the other acts through these clients. */
  void crash(ApiClients clients) {
    term.close();
    term = begin(clients);
  }

  /** Another takes over while the one before goes on, as a process does that was stopped. */
  void overtake(ApiClients clients) {
    overtaken.add(term);
    term = begin(clients);
  }

  /** Nobody leads for now. */
  void stop() {
    term.close();
  }

  void addNode(String name) {
    ObjectNode node = object("v1", "Node", name);
    node.putObject("status")
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True");
    client.create(ResourceScope.cluster(Kinds.NODES, "root"), node).orThrow();
  }

  /** Changes an object of root. */
  void patchRoot(GroupResource resource, String name, String json) {
    ObjectNode body = (ObjectNode) Json.mapper().readTree(json);
    client.patch(new ObjectKey(resource, "root", "", name), "", Patch.merge(body)).orThrow();
  }

  /** One that reports. */
  void addLivingNode(String name) {
    addNode(name);
    alive.add(name);
    heartbeat();
  }

  /** Lets the node fall silent. */
  void stopHeartbeats() {
    alive.remove("node-1");
  }

  /** Lets this node fall silent. */
  void silence(String node) {
    alive.remove(node);
  }

  /** Lets the node report again. */
  void resumeHeartbeats() {
    alive.add("node-1");
    heartbeat();
  }

  private void heartbeat() {
    beat = timers.now();
    alive.forEach(this::heartbeat);
  }

  private void heartbeat(String node) {
    ObjectKey key = new ObjectKey(Kinds.LEASES, "root", "kube-node-lease", node);
    ObjectNode lease = object("coordination.k8s.io/v1", "Lease", node);
    lease.putObject("spec").put("renewTime", beat.toString());
    if (client.get(key).orAbsent().isPresent()) {
      client.update(key, lease).orThrow();
    } else {
      client
          .create(ResourceScope.namespace(Kinds.LEASES, "root", "kube-node-lease"), lease)
          .orThrow();
    }
  }

  /** Lets time pass, in steps in which nodes go on reporting that have not fallen silent. */
  void elapse(Duration time) {
    Instant end = timers.now().plus(time);
    while (timers.now().isBefore(end)) {
      timers.advance(Duration.ofSeconds(5));
      heartbeat();
      settle();
    }
  }

  /** Waits until everybody knows of all that was done so far and has acted on it. */
  void settle() {
    api.awaitIdle(this::idle);
  }

  static ObjectNode object(String apiVersion, String kind, String name) {
    ObjectNode object = Json.object();
    object.put("apiVersion", apiVersion).put("kind", kind);
    object.putObject("metadata").put("name", name);
    return object;
  }

  ApiObject create(GroupResource resource, ObjectNode object) {
    return client.create(ResourceScope.namespace(resource, TENANT, "default"), object).orThrow();
  }

  static ObjectKey key(GroupResource resource, String name) {
    return new ObjectKey(resource, TENANT, "default", name);
  }

  void patch(GroupResource resource, String name, String json) {
    ObjectNode body = (ObjectNode) Json.mapper().readTree(json);
    client.patch(key(resource, name), "", Patch.merge(body)).orThrow();
  }

  List<ApiObject> list(GroupResource resource) {
    return client
        .list(ResourceScope.namespace(resource, TENANT, "default"), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }

  JsonNode get(GroupResource resource, String name) {
    return client
        .get(key(resource, name))
        .orAbsent()
        .<JsonNode>map(ApiObject::tree)
        .orElse(Json.object());
  }

  static ObjectNode deployment(String name, int replicas, String image) {
    ObjectNode object = object("apps/v1", "Deployment", name);
    ObjectNode spec = object.putObject("spec").put("replicas", replicas);
    spec.putObject("selector").putObject("matchLabels").put("app", name);
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").putObject("labels").put("app", name);
    template
        .putObject("spec")
        .putArray("containers")
        .addObject()
        .put("name", "c")
        .put("image", image);
    return object;
  }

  /**
   * Waits until it holds, looking at every change; while nothing changes, time passes. Fails with
   * the last words if it does not come to hold.
   */
  void await(String what, BooleanSupplier condition) {
    await(what, condition, () -> "");
  }

  void await(String what, BooleanSupplier condition, Supplier<Object> state) {
    if (!api.await(condition, this::pass)) {
      Assertions.fail(what + " did not come about; " + state.get());
    }
  }

  /**
   * Time passes only while everybody waits: how much work takes none is not the machine's to say.
   */
  private void pass() {
    if (idle()) {
      pass(Duration.ofMillis(20));
    }
  }

  /** Whether there is nothing to do; who is dead never comes to an end with it. */
  private boolean idle() {
    return kubelet.idle() && (mortal || term.idle());
  }

  private void pass(Duration time) {
    timers.advance(time);
    if (!alive.isEmpty() && timers.now().isAfter(beat.plusSeconds(10))) {
      heartbeat();
    }
  }

  @Override
  public void close() {
    overtaken.forEach(ControllerTerm::close);
    term.close();
    kubelet.close();
  }
}

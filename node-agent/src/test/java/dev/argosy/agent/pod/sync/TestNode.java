package dev.argosy.agent.pod.sync;

import dev.argosy.agent.device.PodDevices;
import dev.argosy.agent.group.PodGroups;
import dev.argosy.agent.network.pod.NetworkFailure;
import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.pod.admit.Check;
import dev.argosy.agent.pod.admit.MachinePorts;
import dev.argosy.agent.pod.admit.NodeAbilities;
import dev.argosy.agent.pod.admit.PodAdmission;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.measure.PodMeasures;
import dev.argosy.agent.pod.pull.CredentialPlugins;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.pod.pull.VerificationPolicy;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.shutdown.ShutdownGrace;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.SystemTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A node on a fake API, with whatever engine a test wants. */
public final class TestNode implements AutoCloseable {

  public static final String CLUSTER = "acme";
  private static final GroupResource PODS = new GroupResource("", "pods");

  public final FakeApi api;
  public final ApiClient client;
  private final String name;
  private final ContainerRuntime runtime;
  private final PodNetwork network;
  private final Path data;
  private final PodEvents events;
  private final SystemTimers timers = new SystemTimers();
  private final Optional<Path> manifests;
  private PodWorkers workers;

  /** Where processes live; counts from the next restart on. */
  public volatile PodGroups groups = PodGroups.NONE;

  /** Which devices containers get. */
  public volatile PodDevices devices = PodDevices.NONE;

  /** Who is let in. */
  public volatile Check gate = pod -> Optional.empty();

  public TestNode(String name, ContainerRuntime runtime, PodNetwork network, Path data) {
    this(name, runtime, network, data, Optional.empty());
  }

  /** One that runs the pods of a folder, too. */
  public TestNode(
      String name,
      ContainerRuntime runtime,
      PodNetwork network,
      Path data,
      Optional<Path> manifests) {
    this.manifests = manifests;
    this.api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
    this.client = api.client();
    this.name = name;
    this.runtime = runtime;
    this.network = network;
    this.data = data;
    this.events = new PodEvents(client, name, Clock.systemUTC());
    this.workers = started();
  }

  private PodNode node() {
    return new PodNode(
        name,
        "192.0.2.10",
        "fake",
        data,
        client,
        runtime,
        network,
        events,
        new PodNode.NodeSize(2000, 1L << 30),
        groups,
        (pod, container) -> devices.of(pod, container),
        new PodAdmission(
            NodeAbilities.LEAST, new MachinePorts(data.resolve("no-sockets")), List.of(new Gate())),
        new ImagePulls(
            runtime.images(),
            client,
            new ImagePulls.Settings(
                ImagePulls.folder(data),
                VerificationPolicy.DEFAULT,
                5,
                CredentialPlugins.none(timers.clock())),
            timers.clock()),
        timers,
        PodMeasures.none());
  }

  private PodWorkers started() {
    try {
      return new PodWorkers(node(), manifests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As if the machine went down. */
  public void shutDown(ShutdownGrace grace) throws InterruptedException {
    workers.shutDown(grace);
  }

  /** As if the agent's process ended and began again. */
  public void restart() {
    workers.close();
    workers = started();
  }

  public PodWorkers workers() {
    return workers;
  }

  /** A pod of one container {@code main}; the spec may be changed before it is created. */
  public static ObjectNode pod(String podName, String image, String... command) {
    ObjectNode pod = Json.object();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", podName).put("namespace", "default");
    ObjectNode spec = pod.putObject("spec");
    spec.put("restartPolicy", "Always").put("terminationGracePeriodSeconds", 1);
    ObjectNode main = spec.putArray("containers").addObject();
    main.put("name", "main").put("image", image).put("imagePullPolicy", "IfNotPresent");
    for (String word : command) {
      main.withArray("command").add(word);
    }
    return pod;
  }

  public static ObjectNode spec(ObjectNode pod) {
    return (ObjectNode) pod.get("spec");
  }

  public static ObjectNode container(ObjectNode pod, int index) {
    return (ObjectNode) pod.get("spec").get("containers").get(index);
  }

  public ObjectKey run(ObjectNode pod) {
    spec(pod).put("nodeName", name);
    return client.create(ResourceScope.namespace(PODS, CLUSTER, "default"), pod).orThrow().key();
  }

  public ObjectKey create(String resource, ObjectNode object) {
    return client
        .create(
            ResourceScope.namespace(new GroupResource("", resource), CLUSTER, "default"), object)
        .orThrow()
        .key();
  }

  public JsonNode awaitPod(ObjectKey key, Predicate<JsonNode> wanted) {
    JsonNode[] last = {Json.object()};
    await(() -> {
      last[0] = client.get(key).orThrow().tree();
      return wanted.test(last[0]);
    });
    return last[0];
  }

  /** Waits for what shows in the API. */
  public void await(BooleanSupplier condition) {
    if (!api.await(condition)) {
      throw new AssertionError("did not come: " + pods() + "\n" + events());
    }
  }

  private List<JsonNode> pods() {
    return client
        .list(ResourceScope.everywhere(PODS), ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(pod -> pod.tree().path("status"))
        .toList();
  }

  public JsonNode awaitPhase(ObjectKey key, String phase) {
    return awaitPod(key, p -> p.path("status").path("phase").asString("").equals(phase));
  }

  public JsonNode awaitReady(ObjectKey key) {
    return awaitPod(key, p -> condition(p, "Ready").equals("True"));
  }

  public static String condition(JsonNode pod, String type) {
    return pod.path("status")
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .map(c -> c.path("status").asString(""))
        .findFirst()
        .orElse("");
  }

  public static JsonNode status(JsonNode pod) {
    return pod.path("status").path("containerStatuses").path(0);
  }

  public static String waiting(JsonNode pod) {
    return status(pod).path("state").path("waiting").path("reason").asString("");
  }

  public void delete(ObjectKey key) {
    client.delete(key, DeleteOptions.DEFAULT).orThrow();
  }

  public void awaitGone(ObjectKey key) {
    await(() -> client.get(key).orAbsent().isEmpty());
  }

  public List<String> events() {
    return client
        .list(
            ResourceScope.namespace(new GroupResource("", "events"), CLUSTER, "default"),
            ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(e -> e.tree())
        .map(e -> e.path("reason").asString("") + ": " + e.path("message").asString(""))
        .toList();
  }

  @Override
  public void close() {
    workers.close();
    events.close();
    timers.close();
  }

  /** What a test set last. */
  private final class Gate implements Check {
    @Override
    public Optional<Rejection> admit(PodView pod) {
      return gate.admit(pod);
    }

    @Override
    public void keep(PodView pod) {
      gate.keep(pod);
    }

    @Override
    public boolean later(PodView pod) {
      return gate.later(pod);
    }

    @Override
    public void leaves(String uid) {
      gate.leaves(uid);
    }

    @Override
    public void free(PodView pod) {
      gate.free(pod);
    }
  }

  /** Gives made-up addresses. */
  public static final class FakeNetwork implements PodNetwork {
    private final Map<String, String> addresses = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> next = new AtomicReference<>();

    /** Does something when a pod is to be connected next, which then fails. */
    public void failNext(Runnable trouble) {
      next.set(trouble);
    }

    @Override
    public Optional<String> notReady() {
      return Optional.empty();
    }

    @Override
    public String attach(String podUid, Sandbox sandbox) throws NetworkFailure {
      Runnable trouble = next.getAndSet(null);
      if (trouble != null) {
        trouble.run();
        throw new NetworkFailure("no network this time");
      }
      return addresses.computeIfAbsent(podUid, u -> "10.244.0." + (addresses.size() + 2));
    }

    @Override
    public Optional<String> address(String podUid) {
      return Optional.ofNullable(addresses.get(podUid));
    }

    @Override
    public void release(String podUid) {
      addresses.remove(podUid);
    }
  }
}

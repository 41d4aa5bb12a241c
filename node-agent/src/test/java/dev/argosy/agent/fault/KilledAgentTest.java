package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.fault.AgentOnFake.World;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent is killed at each of its effects in turn while a pod comes, runs and goes. The one after
 * it finishes the work: no container began twice, and what is left on the host is what an agent
 * that nobody killed leaves.
 */
@Timeout(120)
final class KilledAgentTest {

  private static final String CLUSTER = "acme";
  private static final String IMAGE = "busybox:1";
  private static final int MOST = 1000;

  @TempDir Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
  private final KeptNetwork network = new KeptNetwork();
  private World world;
  private boolean rich;
  private Map<String, String> clean = Map.of();

  @BeforeEach
  void prepare() throws IOException {
    runtime.images().add(IMAGE);
    Path data = Files.createDirectories(folder.resolve("data"));
    Path groups = folder.resolve("groups");
    Files.createDirectories(groups.resolve("cpu"));
    world = new World(runtime, api.client(), network, data, groups);
    create(
        "configmaps",
        Json.parse(
            """
            {"apiVersion": "v1", "kind": "ConfigMap",
             "metadata": {"name": "conf", "namespace": "default"},
             "data": {"one": "1", "two": "2"}}
            """
                .getBytes(UTF_8)));
  }

  private ObjectKey create(String resource, ObjectNode object) {
    ResourceScope scope =
        ResourceScope.namespace(new GroupResource("", resource), CLUSTER, "default");
    return api.client().create(scope, object).orThrow().key();
  }

  /** With what makes an agent write and keep something. */
  private ObjectNode podOf(String name) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    spec(pod).put("nodeName", AgentOnFake.NODE);
    if (rich) {
      enrich(pod);
    }
    return pod;
  }

  private static void enrich(ObjectNode pod) {
    spec(pod)
        .putArray("volumes")
        .addObject()
        .put("name", "conf")
        .putObject("configMap")
        .put("name", "conf");
    spec(pod).withArray("volumes").addObject().put("name", "scratch").putObject("emptyDir");
    ObjectNode main = container(pod, 0);
    main.putArray("ports").addObject().put("containerPort", 80).put("hostPort", 8080);
    main.putArray("volumeMounts").addObject().put("name", "conf").put("mountPath", "/conf");
    main.withArray("volumeMounts").addObject().put("name", "scratch").put("mountPath", "/scratch");
    main.putObject("resources").putObject("requests").put("cpu", "100m");
    ObjectNode first = spec(pod).putArray("initContainers").addObject();
    first.put("name", "first").put("image", IMAGE).putArray("command").add("exit").add("0");
  }

  /** An agent, and the one that comes after it if it dies. */
  private final class Agents implements AutoCloseable {
    private final FaultPoint point;
    private @Nullable AgentOnFake agent;
    private boolean second;

    /** Starts the first beside the test: it may die while it starts. */
    Agents(int lives) {
      point = new FaultPoint(lives);
      Thread.ofVirtual().start(() -> begin(started(world.behind(point), point)));
    }

    private synchronized void begin(AgentOnFake first) {
      if (second) {
        first.close();
      } else {
        agent = first;
      }
    }

    private static AgentOnFake started(World world, FaultPoint point) {
      try {
        return new AgentOnFake(world, point);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void await(String what, BooleanSupplier condition) {
      while (!look(() -> condition.getAsBoolean() || dead())) {
        throw new AssertionError("not " + what + " after " + point.passed() + ": " + host());
      }
      if (!condition.getAsBoolean()) {
        again(() -> {});
        await(what, condition);
      }
    }

    private boolean look(BooleanSupplier condition) {
      return api.await(condition, () -> {});
    }

    private boolean dead() {
      return point.dead() && !second;
    }

    /** Does something while there is no agent; then there is one. */
    synchronized void again(Runnable meanwhile) {
      close();
      meanwhile.run();
      second = true;
      agent = started(world, new FaultPoint(Integer.MAX_VALUE));
    }

    @Override
    public synchronized void close() {
      if (agent != null) {
        agent.close();
      }
    }
  }

  /** Whether the agent lived to the end of it. */
  private boolean life(int lives, boolean removedMeanwhile) throws IOException {
    ApiClient client = world.api();
    ObjectKey key = create("pods", podOf("pod-" + lives));
    String uid = client.get(key).orThrow().meta().uid();
    try (Agents agents = new Agents(lives)) {
      BooleanSupplier gone = () -> client.get(key).orAbsent().isEmpty();
      BooleanSupplier ready =
          () ->
              gone.getAsBoolean()
                  || condition(client.get(key).orThrow().tree(), "Ready").equals("True");
      if (removedMeanwhile) {
        agents.look(() -> agents.dead() || ready.getAsBoolean());
      } else {
        agents.await("ready", ready);
        assertBegunOnce(uid, client.get(key).orThrow().tree());
        client.delete(key, DeleteOptions.DEFAULT).orThrow();
        agents.look(() -> agents.dead() || gone.getAsBoolean());
      }
      if (removedMeanwhile) {
        client.delete(key, DeleteOptions.DEFAULT);
        agents.look(() -> agents.dead() || gone.getAsBoolean());
      }
      boolean lived = !agents.point.dead();
      if (!lived && removedMeanwhile) {
        agents.again(() -> client.delete(key, DeleteOptions.now(uid)));
      }
      agents.await("gone", gone);
      agents.await("clean", () -> host().equals(clean));
      return lived;
    }
  }

  private void assertBegunOnce(String uid, JsonNode pod) throws IOException {
    Map<String, String> own = Map.of("io.kubernetes.pod.uid", uid);
    try {
      assertThat(runtime.sandboxes(own)).hasSize(1);
      assertThat(runtime.containers(own)).hasSize(rich ? 2 : 1);
    } catch (RuntimeFailure e) {
      throw new IOException(e);
    }
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      assertThat(pod.path("status").path(list).valueStream())
          .allMatch(status -> status.path("restartCount").asInt(9) == 0);
    }
  }

  /** All that is on the host. */
  private Map<String, String> host() {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.forEach(path -> all.put(folder.relativize(path).toString(), ""));
      runtime.containers(Map.of()).forEach(c -> all.put(c.id(), c.name()));
      runtime.sandboxes(Map.of()).forEach(s -> all.put(s.id(), s.name()));
      network.pods().forEach(uid -> all.put("network of " + uid, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (UncheckedIOException whileItChanges) {
      all.put("changes", "");
    } catch (RuntimeFailure e) {
      throw new IllegalStateException(e);
    }
    return all;
  }

  private void lifeOfOneNobodyKilled() throws IOException {
    ObjectKey key = create("pods", podOf("undisturbed"));
    try (AgentOnFake agent = new AgentOnFake(world, new FaultPoint(Integer.MAX_VALUE))) {
      ApiClient client = world.api();
      assertThat(
              api.await(() -> condition(client.get(key).orThrow().tree(), "Ready").equals("True")))
          .isTrue();
      client.delete(key, DeleteOptions.DEFAULT).orThrow();
      assertThat(
              api.await(() -> client.get(key).orAbsent().isEmpty() && agent.size() == 0, () -> {}))
          .isTrue();
    }
    clean = host();
  }

  @ParameterizedTest
  @CsvSource({"true, false, 4", "true, true, 4", "false, false, 2", "false, true, 2"})
  void theNextOneLeavesTheHostAsIfNobodyHadDied(boolean full, boolean removedMeanwhile, int step)
      throws IOException {
    everyLife(full, removedMeanwhile, step);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false", "false, true"})
  void soItDoesWhereverTheFirstDies(boolean full, boolean removedMeanwhile) throws IOException {
    everyLife(full, removedMeanwhile, 1);
  }

  private void everyLife(boolean full, boolean removedMeanwhile, int step) throws IOException {
    rich = full;
    lifeOfOneNobodyKilled();
    int lives = 0;
    while (!life(lives, removedMeanwhile)) {
      lives += step;
      assertThat(lives).isLessThan(MOST);
    }
    assertThat(lives).isGreaterThan(full ? 60 : 30);
  }
}

package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.fault.AgentOnFake.World;
import dev.argosy.agent.pressure.MachineLevels;
import dev.argosy.agent.pressure.Signal;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The disk of the agent's data folder, a real one of a mebibyte, takes no more. */
@Timeout(120)
final class FullDiskTest {

  private static final String CLUSTER = "acme";
  private static final String IMAGE = "busybox:1";
  private static final String FULL = "No space left on device";
  private static final int LATE = 3;

  @TempDir Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
  private final KeptNetwork network = new KeptNetwork();
  private final Mounter mounter = new Mounter();
  private Path data = Path.of("data");

  @BeforeEach
  void mount() throws IOException {
    data = Files.createDirectories(folder.resolve("data"));
    mounter.memory(data, 1 << 20, "0755");
    Files.createDirectories(folder.resolve("groups/cpu"));
    runtime.images().add(IMAGE);
    String map =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "data": {"one": "%s", "two": "2"},
         "metadata": {"name": "conf", "namespace": "default"}}
        """
            .formatted("1".repeat(10_000));
    create("configmaps", Json.parse(map.getBytes(UTF_8)));
  }

  @AfterEach
  void unmount() throws IOException {
    mounter.unmountBelow(data);
  }

  private ObjectKey create(String resource, ObjectNode object) {
    ResourceScope scope =
        ResourceScope.namespace(new GroupResource("", resource), CLUSTER, "default");
    return api.client().create(scope, object).orThrow().key();
  }

  private ObjectKey run(String name) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    spec(pod).put("nodeName", AgentOnFake.NODE);
    ObjectNode volume = spec(pod).putArray("volumes").addObject().put("name", "conf");
    volume.putObject("configMap").put("name", "conf");
    ObjectNode mount = container(pod, 0).putArray("volumeMounts").addObject();
    mount.put("name", "conf").put("mountPath", "/c");
    return create("pods", pod);
  }

  private AgentOnFake agent() throws IOException {
    World world = new World(runtime, api.client(), network, data, folder.resolve("groups"));
    return new AgentOnFake(world, new FaultPoint(Integer.MAX_VALUE));
  }

  private JsonNode tree(ObjectKey key) {
    return api.client().get(key).orThrow().tree();
  }

  private void await(String what, BooleanSupplier condition) {
    assertThat(api.await(condition)).as(what).isTrue();
  }

  private void awaitReady(ObjectKey key, int restarts) {
    await(
        key + " ready",
        () ->
            condition(tree(key), "Ready").equals("True")
                && status(tree(key)).path("restartCount").asInt(-1) == restarts);
  }

  /** How often it was said of a pod that there is no room. */
  private int told(ObjectKey key) {
    ResourceScope events =
        ResourceScope.namespace(new GroupResource("", "events"), CLUSTER, "default");
    return api.client().list(events, ListOptions.EVERYTHING).orThrow().items().stream()
        .map(event -> (JsonNode) event.tree())
        .filter(e -> e.path("involvedObject").path("name").asString("").equals(key.name()))
        .filter(e -> e.path("reason").asString("").equals("FailedMount"))
        .filter(e -> e.path("message").asString("").contains(FULL))
        .mapToInt(e -> e.path("count").asInt(0))
        .sum();
  }

  private Path fill() throws IOException {
    Path filler = data.resolve("filler");
    try (OutputStream out = Files.newOutputStream(filler)) {
      byte[] page = new byte[4096];
      while (true) {
        out.write(page);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining(FULL);
    }
    return filler;
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(data)) {
      Set<String> all = new TreeSet<>();
      tree.map(data::relativize).map(Path::toString).forEach(all::add);
      return all;
    }
  }

  private long room() {
    MachineLevels levels = MachineLevels.of(Path.of("/proc"), data, Optional::empty);
    return Objects.requireNonNull(levels.get().get(Signal.NODE_DISK)).available();
  }

  private String running() throws Exception {
    return runtime.containers(Map.of()).stream()
        .filter(c -> c.state() instanceof Container.Running)
        .map(Container::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void podsThatRunGoOnAndOthersWaitForRoom() throws Exception {
    ObjectKey first;
    Set<String> clean;
    try (AgentOnFake agent = agent()) {
      ObjectKey passing = run("passing");
      awaitReady(passing, 0);
      end(List.of(passing), agent);
      clean = files();
      first = run("first");
      awaitReady(first, 0);
    }
    Path filler = fill();
    assertThat(room()).isLessThan(4096);
    List<ObjectKey> late = Stream.of("a", "b", "c").map(this::run).toList();
    assertThat(late).hasSize(LATE);
    Set<String> tried;
    try (AgentOnFake _ = agent()) {
      late.forEach(key -> await(key + " told", () -> told(key) > 0));
      tried = files();
      runtime.end(running(), 1);
      awaitReady(first, 1);
    }
    Map<ObjectKey, Integer> told = new HashMap<>();
    late.forEach(key -> told.put(key, told(key)));
    try (AgentOnFake agent = agent()) {
      late.forEach(key -> await(key + " told again", () -> told(key) > told.getOrDefault(key, 0)));
      assertThat(tried).containsAll(withoutLogs(files()));
      late.forEach(
          key -> assertThat(tree(key).at("/status/phase").asString("")).isEqualTo("Pending"));

      Files.delete(filler);
      assertThat(room()).isGreaterThan(1 << 18);
      late.forEach(key -> awaitReady(key, 0));
      awaitReady(first, 1);
      end(Stream.concat(late.stream(), Stream.of(first)).toList(), agent);
    }
    assertThat(files()).isEqualTo(clean);
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
    assertThat(network.pods()).isEmpty();
  }

  /** Without what the restarted container is to write its last words to. */
  private static Set<String> withoutLogs(Set<String> files) {
    files.removeIf(file -> file.matches(".*/main[./-]1.*"));
    return files;
  }

  private void end(List<ObjectKey> keys, AgentOnFake agent) {
    keys.forEach(key -> api.client().delete(key, DeleteOptions.DEFAULT).orThrow());
    keys.forEach(key -> await(key + " gone", () -> api.client().get(key).orAbsent().isEmpty()));
    await("no worker", () -> agent.size() == 0);
  }
}

package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each file of the data folder is damaged in turn while there is no agent. The next one starts, its
 * pod goes on as it was, others come, and all goes away.
 */
@Timeout(120)
final class DamagedStateTest {

  private static final String CLUSTER = "acme";
  private static final String IMAGE = "registry.example/app:1";

  @TempDir Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
  private final KeptNetwork network = new KeptNetwork();
  private int count;

  private ObjectKey create(String resource, ObjectNode object) {
    ResourceScope scope =
        ResourceScope.namespace(new GroupResource("", resource), CLUSTER, "default");
    return api.client().create(scope, object).orThrow().key();
  }

  private static ObjectNode wanted(String name) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    spec(pod).put("nodeName", AgentOnFake.NODE);
    ObjectNode volume = spec(pod).putArray("volumes").addObject().put("name", "conf");
    volume.putObject("configMap").put("name", "conf");
    container(pod, 0)
        .putArray("volumeMounts")
        .addObject()
        .put("name", "conf")
        .put("mountPath", "/c");
    return pod;
  }

  private AgentOnFake agent() throws IOException {
    AgentOnFake.World world =
        new AgentOnFake.World(
            runtime, api.client(), network, folder.resolve("data"), folder.resolve("groups"));
    return new AgentOnFake(world, new FaultPoint(Integer.MAX_VALUE));
  }

  private JsonNode awaitReady(ObjectKey key) {
    ApiClient client = api.client();
    assertThat(
            api.await(
                () -> condition(client.get(key).orThrow().tree(), "Ready").equals("True"),
                () -> {}))
        .as("%s", key)
        .isTrue();
    return client.get(key).orThrow().tree();
  }

  private void end(ObjectKey key) {
    api.client().delete(key, DeleteOptions.DEFAULT).orThrow();
    assertThat(api.await(() -> api.client().get(key).orAbsent().isEmpty(), () -> {})).isTrue();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> tree = Files.walk(folder.resolve("data"))) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"", "null"})
  void theNextAgentGoesOn(String damage) throws Exception {
    Files.createDirectories(folder.resolve("groups/cpu"));
    runtime.images().publish(IMAGE, () -> {});
    String map =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "data": {"one": "1"},
         "metadata": {"name": "conf", "namespace": "default"}}
        """;
    create("configmaps", Json.parse(map.getBytes(UTF_8)));
    ObjectKey key = create("pods", wanted("first"));
    try (AgentOnFake first = agent()) {
      awaitReady(key);
    }
    String began = runtime.containers(Map.of()).getFirst().id();
    List<Path> files = files();
    assertThat(files).hasSizeGreaterThan(4);
    for (Path file : files) {
      Files.writeString(file, damage);
      try (AgentOnFake next = agent()) {
        awaitReady(key);
        ObjectKey other = create("pods", wanted("beside-" + ++count));
        awaitReady(other);
        end(other);
        assertThat(status(awaitReady(key)).path("restartCount").asInt(9)).isZero();
        assertThat(runtime.containers(Map.of()).getFirst().id()).isEqualTo(began);
      }
    }
    try (AgentOnFake last = agent()) {
      end(key);
      assertThat(api.await(() -> last.size() == 0, () -> {})).isTrue();
    }
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
    assertThat(folder.resolve("data/pods")).isEmptyDirectory();
  }
}

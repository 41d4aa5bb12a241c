package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.OwnDocker;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.node.NodeFacts;
import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.node.NodeReporter;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An engine of the test's own that is stopped under the node, and comes back. */
@Timeout(150)
final class EngineOutageTest {

  private static final NodeIdentity IDENTITY = new NodeIdentity("outage", "192.0.2.10", "default");

  @TempDir Path data;

  @Test
  void theNodeSaysSoPodsKeepTheirStatusAndAllGoesOnByItself() throws Exception {
    TestNode.FakeNetwork network = new TestNode.FakeNetwork();
    try (OwnDocker docker = OwnDocker.start("--live-restore");
        DockerRuntime runtime = TestDocker.connect(docker.host(), "outage");
        TestNode node = new TestNode("outage", runtime, network, data);
        NodeReporter reporter =
            new NodeReporter(
                node.client,
                IDENTITY,
                NodeFacts.read(data),
                runtime,
                network,
                Set::of,
                Map::of,
                Clock.systemUTC(),
                object -> {})) {
      reporter.start();
      ObjectKey first = node.run(pod("first", TestDocker.IMAGE, "sleep", "600"));
      JsonNode before = node.awaitReady(first);
      Eventually.holds(() -> ready(node).path("status").asString("").equals("True"));
      String container = runtime.containers(Map.of()).getFirst().id();

      docker.stop();
      ObjectKey second = node.run(pod("second", TestDocker.IMAGE, "sleep", "600"));
      Eventually.holds(() -> ready(node).path("status").asString("").equals("False"));
      assertThat(ready(node).path("message").asString("")).contains("container runtime is down");
      assertThat(node.client.get(first).orThrow().tree().path("status"))
          .isEqualTo(before.path("status"));

      docker.startAgain();
      Eventually.holds(() -> ready(node).path("status").asString("").equals("True"));
      node.awaitReady(second);
      assertThat(runtime.containers(Map.of())).extracting(Container::id).contains(container);
      assertThat(status(node.awaitReady(first)).path("restartCount").asInt(9)).isZero();

      Eventually.holds(() -> nodeEvents(node).equals(Map.of("NodeReady", 1, "NodeNotReady", 1)));
      for (ObjectKey key : new ObjectKey[] {first, second}) {
        node.delete(key);
        node.awaitGone(key);
      }
      assertThat(runtime.sandboxes(Map.of())).isEmpty();
    }
  }

  @Test
  void containersThatEndWithTheEngineAreStartedAgain() throws Exception {
    try (OwnDocker docker = OwnDocker.start();
        DockerRuntime runtime = TestDocker.connect(docker.host(), "outage");
        TestNode node = new TestNode("outage", runtime, new TestNode.FakeNetwork(), data)) {
      ObjectKey key = node.run(pod("first", TestDocker.IMAGE, "sleep", "600"));
      node.awaitReady(key);

      docker.stop();
      docker.startAgain();

      node.awaitPod(key, tree -> status(tree).path("restartCount").asInt(0) == 1);
      node.awaitReady(key);
      assertThat(node.events()).anyMatch(e -> e.startsWith("SandboxChanged"));
      node.delete(key);
      node.awaitGone(key);
    }
  }

  @Tag("full")
  @Test
  void anEngineThatIsKilledLeavesNoOrphans() throws Exception {
    try (OwnDocker docker = OwnDocker.start("--live-restore");
        DockerRuntime runtime = TestDocker.connect(docker.host(), "outage");
        TestNode node = new TestNode("outage", runtime, new TestNode.FakeNetwork(), data)) {
      ObjectKey stays = node.run(pod("stays", TestDocker.IMAGE, "sleep", "600"));
      ObjectKey goes = node.run(pod("goes", TestDocker.IMAGE, "sleep", "600"));
      node.awaitReady(stays);
      node.awaitReady(goes);

      docker.kill();
      node.delete(goes);
      docker.startAgain();

      node.awaitGone(goes);
      assertThat(runtime.containers(Map.of())).hasSize(1);
      assertThat(runtime.sandboxes(Map.of())).hasSize(1);
      assertThat(status(node.awaitReady(stays)).path("restartCount").asInt(9)).isZero();
      node.delete(stays);
      node.awaitGone(stays);
      assertThat(runtime.sandboxes(Map.of())).isEmpty();
    }
  }

  /** How often each was told of the node. */
  private static Map<String, Integer> nodeEvents(TestNode node) {
    return node
        .client
        .list(
            ResourceScope.namespace(new GroupResource("", "events"), "root", "default"),
            ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .collect(
            Collectors.toMap(
                e -> e.tree().path("reason").asString(""), e -> e.tree().path("count").asInt(0)));
  }

  private static JsonNode ready(TestNode node) {
    Optional<JsonNode> ready =
        node.client.get(IDENTITY.key()).orAbsent().stream()
            .flatMap(o -> o.tree().path("status").path("conditions").valueStream())
            .filter(c -> c.path("type").asString("").equals("Ready"))
            .findFirst();
    return ready.orElseGet(() -> dev.argosy.model.object.Json.object());
  }
}

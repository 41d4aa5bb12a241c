package dev.argosy.agent.pod.grant;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.node.NodeIdentity;
import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.time.ManualTimers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods that had named the node before there was one, as the API then tells of them. */
@Timeout(60)
final class GrantedPodsTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path folder;
  private final ManualTimers timers = new ManualTimers(Instant.EPOCH);
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), folder.resolve("data"));
    node.gate = new NodeGrants(node.client, "n1", timers.clock());
    node.restart();
    shownIn(NodeIdentity.ROOT);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void shownIn(String cluster) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", "n1");
    node.client.create(ResourceScope.cluster(NodeIdentity.NODES, cluster), object).orThrow();
  }

  private void awaitFailed(ObjectKey pod) {
    assertThat(
            node.api.await(
                () -> node.client.get(pod).orThrow().text("status", "phase").equals("Failed"),
                () -> timers.advance(Duration.ofSeconds(1))))
        .as("the pod fails")
        .isTrue();
  }

  @Test
  void nothingOfAPodOfAnotherPoolsTenantIsMade() throws RuntimeFailure {
    ObjectKey early = node.run(pod("early", IMAGE, "wait"));
    awaitFailed(early);
    JsonNode pod = node.client.get(early).orThrow().tree();
    assertThat(pod.at("/status/reason").asString()).isEqualTo("NodeNotGranted");
    assertThat(pod.at("/status/message").asString())
        .startsWith("Pod was rejected: node \"n1\" is none of this cluster's");
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
    node.await(
        () -> node.events().stream().anyMatch(event -> event.startsWith("NodeNotGranted: ")));
  }

  @Test
  void aPodThatRunsStaysWhenItsTenantNoLongerHasThePool() {
    shownIn(TestNode.CLUSTER);
    ObjectKey running = node.run(pod("running", IMAGE, "wait"));
    node.awaitReady(running);
    node.client
        .delete(
            new ObjectKey(NodeIdentity.NODES, TestNode.CLUSTER, "", "n1"), DeleteOptions.DEFAULT)
        .orThrow();
    timers.advance(Duration.ofHours(1));
    node.restart();
    ObjectKey late = node.run(pod("late", IMAGE, "wait"));
    awaitFailed(late);
    assertThat(node.client.get(running).orThrow().text("status", "phase")).isEqualTo("Running");
  }
}

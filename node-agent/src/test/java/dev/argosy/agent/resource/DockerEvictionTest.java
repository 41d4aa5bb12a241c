package dev.argosy.agent.resource;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.pressure.NodeCondition;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.use.KernelFiles;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A real machine that, by its settings, is short of memory as it is. */
@Timeout(120)
final class DockerEvictionTest {

  private static final long MI = 1L << 20;

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private DockerRuntime runtime;
  private TestNode node;

  @BeforeEach
  void start() {
    runtime = TestDocker.connect(run);
    node = new TestNode(run, runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() throws RuntimeFailure {
    node.close();
    for (Container one : runtime.containers(Map.of())) {
      runtime.removeContainer(one.id());
    }
    for (Sandbox one : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(one.id());
    }
    runtime.close();
  }

  private static ResourceSettings shortOfMemory() {
    ResourceOptions options = new ResourceOptions();
    CommandLine.populateCommand(
        options, "--eviction-hard=memory.available<99.9%", "--cgroups-per-qos=false");
    return options.settings();
  }

  private String uid(ObjectKey pod) {
    return node.client.get(pod).orThrow().meta().uid();
  }

  @Test
  void aPodGoesAndNobodyElseComesWhoAskedForNothing() throws Exception {
    ObjectNode system = pod("system", TestDocker.IMAGE, "sleep", "600");
    spec(system).put("priority", 2_000_000_000);
    ObjectKey stays = node.run(system);
    ObjectKey goes = node.run(pod("greedy", TestDocker.IMAGE, "sleep", "600"));
    node.awaitReady(stays);
    node.awaitReady(goes);
    Map<String, Map<String, Long>> memory =
        Map.of(uid(stays), Map.of("main", 32 * MI), uid(goes), Map.of("main", 8 * MI));
    try (EventRecorder events = new EventRecorder(node.client, "kubelet", run, Clock.systemUTC());
        NodeResources resources =
            new NodeResources(
                shortOfMemory(),
                new NodeResources.Place(run, data, runtime, KernelFiles.MACHINE, 2, 1024 * MI),
                Clock.systemUTC())) {
      node.gate =
          pod ->
              resources.checks(p -> Optional.empty()).stream()
                  .flatMap(c -> c.admit(pod).stream())
                  .findFirst();
      resources.start(node.workers(), () -> memory, events);
      JsonNode evicted = node.awaitPhase(goes, "Failed");
      assertThat(evicted.at("/status/reason").asString("")).isEqualTo("Evicted");
      assertThat(evicted.at("/status/message").asString(""))
          .startsWith("The node was low on resource: memory. Threshold quantity: ")
          .endsWith(
              "Container main was using 8Mi, request is 0, has larger consumption of memory. ");
      assertThat(TestNode.condition(evicted, "DisruptionTarget")).isEqualTo("True");
      assertThat(resources.pressure()).containsExactly(NodeCondition.MEMORY);

      JsonNode refused =
          node.awaitPhase(node.run(pod("late", TestDocker.IMAGE, "sleep", "600")), "Failed");
      assertThat(refused.at("/status/message").asString(""))
          .isEqualTo("Pod was rejected: The node had condition: [MemoryPressure]. ");
      assertThat(TestNode.condition(node.awaitReady(stays), "Ready")).isEqualTo("True");
      Eventually.holds(
          () -> runtime.sandboxes(Map.of("io.kubernetes.pod.uid", uid(goes))).isEmpty());
    }
  }
}

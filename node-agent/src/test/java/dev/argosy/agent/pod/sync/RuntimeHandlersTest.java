package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
final class RuntimeHandlersTest {

  private static final GroupResource CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");

  @TempDir private Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add("busybox:1");
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static ObjectNode classed(String name) {
    ObjectNode pod = pod("web", "busybox:1", "wait");
    spec(pod).put("runtimeClassName", name);
    return pod;
  }

  @Test
  void aPodsClassNamesTheHandlerOfItsSandbox() throws RuntimeFailure {
    ObjectNode kata = Json.object();
    kata.put("apiVersion", "node.k8s.io/v1").put("kind", "RuntimeClass");
    kata.putObject("metadata").put("name", "isolated");
    kata.put("handler", "kata");
    node.client.create(ResourceScope.cluster(CLASSES, TestNode.CLUSTER), kata).orThrow();
    node.awaitReady(node.run(classed("isolated")));
    assertThat(runtime.sandboxes(Map.of(SandboxSpec.HANDLER, "kata"))).hasSize(1);
  }

  @Test
  void aPodWithoutAClassHasTheDefault() throws RuntimeFailure {
    node.awaitReady(node.run(pod("web", "busybox:1", "wait")));
    assertThat(runtime.sandboxes(Map.of()))
        .singleElement()
        .satisfies(s -> assertThat(s.labels()).doesNotContainKey(SandboxSpec.HANDLER));
  }

  @Test
  void aMissingClassIsTold() throws RuntimeFailure {
    ObjectKey key = node.run(classed("absent"));
    node.awaitPod(key, p -> TestNode.waiting(p).equals("ContainerCreating"));
    node.await(() ->
        node.events().stream()
            .anyMatch(e ->
                e.startsWith(
                    "FailedCreatePodSandBox: Failed to create pod sandbox: failed to get"
                        + " sandbox runtime: no runtime for \"absent\" is configured")));
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
  }
}

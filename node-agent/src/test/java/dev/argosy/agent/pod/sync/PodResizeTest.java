package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Running pods get other resources; the node has 2 CPUs and 1 GiB. */
@Timeout(60)
final class PodResizeTest {

  private static final String IMAGE = "busybox:1";
  private static final long MI = 1L << 20;

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static ObjectNode resources(String cpu, String memory) {
    ObjectNode resources = Json.object();
    resources.putObject("requests").put("cpu", cpu).put("memory", memory);
    resources.putObject("limits").put("cpu", cpu).put("memory", memory);
    return resources;
  }

  private static ObjectNode sized(String name, String cpu, String memory) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    container(pod, 0).set("resources", resources(cpu, memory));
    return pod;
  }

  private void resize(ObjectKey key, ObjectNode resources) {
    ObjectNode now = node.client.get(key).orThrow().tree().deepCopy();
    container(now, 0).set("resources", resources);
    ObjectNode body = Json.object();
    body.putObject("spec").set("containers", spec(now).get("containers"));
    node.client.patch(key, "", Patch.merge(body)).orThrow();
  }

  private JsonNode awaitSize(ObjectKey key, ObjectNode wanted) {
    return node.awaitPod(
        key,
        p ->
            status(p).path("resources").equals(wanted)
                && status(p).path("allocatedResources").equals(wanted.path("requests"))
                && condition(p, "PodResizeInProgress").isEmpty()
                && condition(p, "PodResizePending").isEmpty()
                && condition(p, "Ready").equals("True"));
  }

  private static JsonNode named(JsonNode pod, String type) {
    return pod.path("status")
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .findFirst()
        .orElse(Json.object());
  }

  private Map<String, Limits> limits() throws RuntimeFailure {
    return runtime.containers(Map.of()).stream()
        .filter(c -> c.state() instanceof Container.Running)
        .collect(Collectors.toMap(Container::id, Container::limits));
  }

  @Test
  void aRunningContainerGetsMoreAndLessAndGoesOn() throws Exception {
    ObjectKey key = node.run(sized("web", "500m", "128Mi"));
    awaitSize(key, resources("500m", "128Mi"));
    String id = limits().keySet().iterator().next();
    resize(key, resources("1", "256Mi"));
    JsonNode pod = awaitSize(key, resources("1", "256Mi"));
    assertThat(limits()).isEqualTo(Map.of(id, new Limits(1024, 100_000, 256 * MI, 0)));
    assertThat(status(pod).path("restartCount").asInt(9)).isZero();
    resize(key, resources("250m", "64Mi"));
    awaitSize(key, resources("250m", "64Mi"));
    assertThat(limits()).isEqualTo(Map.of(id, new Limits(256, 25_000, 64 * MI, 0)));
    node.await(() ->
        node.events().stream().anyMatch(e -> e.startsWith("ResizeStarted: Pod resize started: {"))
            && node.events().stream()
                .anyMatch(e -> e.startsWith("ResizeCompleted: Pod resize completed: {")));
  }

  @Test
  void aContainerWhosePolicySaysSoIsRestarted() throws Exception {
    ObjectNode pod = sized("web", "500m", "128Mi");
    ObjectNode policy = container(pod, 0).putArray("resizePolicy").addObject();
    policy.put("resourceName", "memory").put("restartPolicy", "RestartContainer");
    ObjectKey key = node.run(pod);
    awaitSize(key, resources("500m", "128Mi"));
    resize(key, resources("600m", "128Mi"));
    assertThat(status(awaitSize(key, resources("600m", "128Mi"))).path("restartCount").asInt(9))
        .isZero();
    resize(key, resources("600m", "256Mi"));
    node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
    awaitSize(key, resources("600m", "256Mi"));
    assertThat(limits().values()).containsExactly(new Limits(614, 60_000, 256 * MI, 0));
    node.await(() -> node.events().contains("Killing: Container main resize requires restart"));
  }

  @Test
  void aContainerThatEndsWellForItsResizeComesBackWhateverThePolicy() throws Exception {
    ObjectNode pod = sized("web", "500m", "128Mi");
    spec(pod).put("restartPolicy", "OnFailure");
    ObjectNode policy = container(pod, 0).putArray("resizePolicy").addObject();
    policy.put("resourceName", "cpu").put("restartPolicy", "RestartContainer");
    ObjectKey key = node.run(pod);
    awaitSize(key, resources("500m", "128Mi"));
    resize(key, resources("1", "128Mi"));
    JsonNode now = awaitSize(key, resources("1", "128Mi"));
    assertThat(status(now).path("restartCount").asInt(0)).isEqualTo(1);
    assertThat(now.at("/status/phase").asString("")).isEqualTo("Running");
    assertThat(status(now).at("/lastState/terminated/exitCode").asInt(9)).isZero();
  }

  @Test
  void aContainerWithoutResourcesSaysSo() {
    ObjectKey key = node.run(pod("plain", IMAGE, "wait"));
    JsonNode status = status(node.awaitReady(key));
    assertThat(status.path("resources")).isEqualTo(Json.object());
    assertThat(status.has("allocatedResources")).isFalse();
  }

  @Test
  void aSidecarIsResizedToo() {
    ObjectNode pod = pod("web", IMAGE, "wait");
    ObjectNode sidecar = spec(pod).putArray("initContainers").addObject();
    sidecar.put("name", "side").put("image", IMAGE).put("restartPolicy", "Always");
    sidecar.putArray("command").add("wait");
    sidecar.set("resources", resources("100m", "64Mi"));
    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    sidecar.set("resources", resources("200m", "64Mi"));
    ObjectNode body = Json.object();
    body.putObject("spec").putArray("initContainers").add(sidecar);
    node.client.patch(key, "", Patch.merge(body)).orThrow();
    node.awaitPod(
        key,
        p -> p.at("/status/initContainerStatuses/0/resources").equals(resources("200m", "64Mi")));
  }

  @Test
  void moreThanTheNodeHasIsInfeasibleAndChangesNothing() throws Exception {
    ObjectKey key = node.run(sized("web", "500m", "128Mi"));
    awaitSize(key, resources("500m", "128Mi"));
    Map<String, Limits> before = limits();
    resize(key, resources("3", "128Mi"));
    JsonNode pod = node.awaitPod(key, p -> condition(p, "PodResizePending").equals("True"));
    JsonNode pending = named(pod, "PodResizePending");
    assertThat(pending.path("reason").asString("")).isEqualTo("Infeasible");
    assertThat(pending.path("message").asString(""))
        .isEqualTo("Node didn't have enough capacity: cpu, requested: 3000, capacity: 2000");
    assertThat(pending.path("observedGeneration")).isEqualTo(pod.at("/metadata/generation"));
    assertThat(status(pod).path("allocatedResources"))
        .isEqualTo(resources("500m", "128Mi").path("requests"));
    assertThat(limits()).isEqualTo(before);
    runtime.end(before.keySet().iterator().next(), 1);
    node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
    node.awaitReady(key);
    assertThat(limits().values()).containsExactlyElementsOf(before.values());
    resize(key, resources("500m", "128Mi"));
    awaitSize(key, resources("500m", "128Mi"));
  }

  @Test
  void whatOtherPodsLeaveNoRoomForIsDeferredUntilTheyGo() {
    ObjectKey other = node.run(sized("other", "1500m", "128Mi"));
    ObjectKey key = node.run(sized("web", "500m", "128Mi"));
    awaitSize(other, resources("1500m", "128Mi"));
    awaitSize(key, resources("500m", "128Mi"));
    resize(key, resources("1", "128Mi"));
    JsonNode pod = node.awaitPod(key, p -> condition(p, "PodResizePending").equals("True"));
    assertThat(named(pod, "PodResizePending").path("reason").asString("")).isEqualTo("Deferred");
    node.delete(other);
    node.awaitGone(other);
    awaitSize(key, resources("1", "128Mi"));
  }

  @Test
  void aMemoryLimitBelowWhatIsUsedIsNotSet() throws Exception {
    ObjectKey key = node.run(sized("web", "500m", "128Mi"));
    awaitSize(key, resources("500m", "128Mi"));
    String id = limits().keySet().iterator().next();
    runtime.use(id, 100 * MI);
    resize(key, resources("500m", "64Mi"));
    JsonNode pod =
        node.awaitPod(
            key, p -> named(p, "PodResizeInProgress").path("reason").asString("").equals("Error"));
    assertThat(named(pod, "PodResizeInProgress").path("message").asString(""))
        .isEqualTo(
            "cannot decrease memory limits: attempting to set container \"main\" memory limit"
                + " (67108864) below current usage (104857600)");
    assertThat(status(pod).path("resources")).isEqualTo(resources("500m", "128Mi"));
    assertThat(Objects.requireNonNull(limits().get(id)).memoryBytes()).isEqualTo(128 * MI);
    runtime.use(id, 10 * MI);
    awaitSize(key, resources("500m", "64Mi"));
  }

  @Test
  void aRestartedAgentKnowsWhatItGranted() throws Exception {
    ObjectNode pod = sized("web", "500m", "128Mi");
    ObjectNode policy = container(pod, 0).putArray("resizePolicy").addObject();
    policy.put("resourceName", "memory").put("restartPolicy", "RestartContainer");
    ObjectKey key = node.run(pod);
    awaitSize(key, resources("500m", "128Mi"));
    resize(key, resources("600m", "128Mi"));
    awaitSize(key, resources("600m", "128Mi"));
    resize(key, resources("3", "512Mi"));
    node.awaitPod(key, p -> condition(p, "PodResizePending").equals("True"));
    Map<String, Limits> before = limits();
    node.restart();
    resize(key, resources("700m", "128Mi"));
    JsonNode now = awaitSize(key, resources("700m", "128Mi"));
    assertThat(status(now).path("restartCount").asInt(9)).isZero();
    assertThat(limits().keySet()).isEqualTo(before.keySet());
  }
}

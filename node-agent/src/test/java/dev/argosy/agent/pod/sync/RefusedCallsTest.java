package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static dev.argosy.agent.pod.sync.TestNode.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told of a pod when the engine refuses something, with the engine's own words. */
@Timeout(60)
final class RefusedCallsTest {

  private static final String IMAGE = "busybox:1";
  private static final String FULL = "write /var/lib/x: no space left on device";

  @TempDir Path data;
  private final FakeRuntime fake = new FakeRuntime(Clock.systemUTC());
  private final RefusingRuntime engine = new RefusingRuntime(fake);
  private TestNode node;

  @BeforeEach
  void start() {
    fake.images().add(IMAGE);
    node = new TestNode("n1", engine.runtime(), new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<String> told(String reason) {
    return node.events().stream().filter(e -> e.startsWith(reason + ":")).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "startSandbox, ContainerCreating, FailedCreatePodSandBox: Failed to create pod sandbox",
    "createContainer, CreateContainerError, Failed: Error",
    "startContainer, RunContainerError, Failed: Error",
    "find busybox:1, ImageInspectError, InspectFailed: Failed to inspect image \"busybox:1\"",
  })
  void a_refusal_is_the_reason_of_the_container_and_one_event(
      String call, String reason, String event) {
    engine.refuse(call, Kind.REFUSED, FULL);
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    JsonNode pod = node.awaitPod(key, p -> waiting(p).equals(reason));
    String kind = event.replaceAll(":.*", "");
    node.await(() -> !told(kind).isEmpty());
    assertThat(told(kind)).containsExactly(event + ": " + FULL);
    if (!call.equals("startSandbox")) {
      assertThat(status(pod).at("/state/waiting/message").asString("")).endsWith(FULL);
    }
  }

  @Test
  void an_engine_that_is_away_is_no_trouble_of_the_pod() throws Exception {
    engine.refuse("createContainer", Kind.UNAVAILABLE, "container engine: connection refused");
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    node.await(() -> !told("Pulled").isEmpty());
    node.awaitPod(key, p -> waiting(p).equals("ContainerCreating"));
    engine.allow();
    node.awaitReady(key);
    assertThat(told("Failed")).isEmpty();
    assertThat(told("FailedSync")).isEmpty();
  }

  @Test
  void a_container_that_cannot_be_stopped_is_told_of_and_stopped_later() throws Exception {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    node.awaitReady(key);
    String id = fake.containers(Map.of()).getFirst().id();
    engine.refuse("stopContainer", Kind.REFUSED, "cannot stop container: " + id + ": busy");
    node.delete(key);
    node.await(() -> !told("FailedKillPod").isEmpty());
    assertThat(fake.container(id).orElseThrow().state()).isInstanceOf(Container.Running.class);
    engine.allow();
    node.awaitGone(key);
    assertThat(told("FailedKillPod"))
        .containsExactly(
            "FailedKillPod: error killing pod: failed to \"KillContainer\" for \"main\" with"
                + " KillContainerError: cannot stop container: main: busy");
  }

  @Test
  void a_fault_of_the_agent_is_not_silent() {
    engine.surprise("createContainer", new IllegalStateException("password=secret"));
    node.run(pod("web", IMAGE, "wait"));
    node.await(() -> !told("FailedSync").isEmpty());
    assertThat(told("FailedSync"))
        .containsExactly(
            "FailedSync: Error syncing pod: IllegalStateException, see the log of this node's"
                + " agent");
  }

  @Test
  void a_container_to_debug_that_is_not_there_is_told_of() {
    ObjectNode pod = pod("debugged", IMAGE, "wait");
    ObjectNode debugger = spec(pod).putArray("ephemeralContainers").addObject();
    debugger.put("name", "debugger").put("image", IMAGE).put("targetContainerName", "nobody");
    debugger.putArray("command").add("wait");
    node.awaitReady(node.run(pod));
    node.await(() -> !told("Failed").isEmpty());
    assertThat(told("Failed"))
        .containsExactly("Failed: Error: unable to find target container nobody");
  }
}

package dev.argosy.agent.garbage;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What ended pods leave behind. */
@Timeout(60)
final class DeadPodsTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;
  private DeadPods dead;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
    dead = new DeadPods(runtime, data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static ObjectNode withVolume(String name, String policy) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    spec(pod).put("restartPolicy", policy);
    spec(pod).putArray("volumes").addObject().put("name", "cache").putObject("emptyDir");
    return pod;
  }

  private Path volume(JsonNode pod) {
    String uid = pod.at("/metadata/uid").asString("");
    return data.resolve("pods").resolve(uid).resolve("volumes/cache");
  }

  private void endAll() throws Exception {
    for (var one : runtime.containers(Map.of())) {
      runtime.end(one.id(), 3);
    }
  }

  @Test
  void volumesOfEndedPodsAreEmptiedAndThoseOfOthersAreNot() throws Exception {
    ObjectKey done = node.run(withVolume("done", "Never"));
    JsonNode pod = node.awaitReady(done);
    Files.writeString(volume(pod).resolve("file"), "much");
    endAll();
    node.awaitPhase(done, "Failed");
    ObjectKey other = node.run(withVolume("other", "Never"));
    JsonNode running = node.awaitReady(other);
    dead.dropVolumes(node.workers().pods());
    assertThat(volume(pod)).doesNotExist();
    assertThat(volume(running)).exists();
    node.delete(done);
    node.awaitGone(done);
  }

  @Test
  void underPressureEndedContainersGoAndTheStatusStays() throws Exception {
    ObjectKey done = node.run(withVolume("done", "Never"));
    node.awaitReady(done);
    endAll();
    node.awaitPhase(done, "Failed");
    JsonNode before =
        node.awaitPod(
            done, p -> TestNode.condition(p, "PodReadyToStartContainers").equals("False"));
    ObjectKey again = node.run(withVolume("again", "Always"));
    node.awaitReady(again);
    for (var one : runtime.containers(Map.of())) {
      runtime.end(one.id(), 1);
    }
    node.awaitPod(again, p -> status(p).path("restartCount").asInt(0) == 1);
    node.awaitReady(again);
    assertThat(runtime.containers(Map.of())).hasSize(3);
    dead.removeContainers(node.workers().pods());
    assertThat(runtime.containers(Map.of())).hasSize(1);
    node.restart();
    ObjectKey next = node.run(pod("next", IMAGE, "wait"));
    node.awaitReady(next);
    assertThat(node.client.get(done).orThrow().tree().path("status"))
        .isEqualTo(before.path("status"));
    assertThat(status(node.awaitReady(again)).path("restartCount").asInt(0)).isEqualTo(1);
    node.delete(done);
    node.awaitGone(done);
  }
}

package dev.argosy.agent.storage;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.PodsHere;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What real containers write is found, and ends them where it is too much. */
@Timeout(120)
final class DockerStorageTest {

  private static final long MI = 1L << 20;

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private DockerRuntime runtime;
  private TestNode node;
  private DiskBook book;

  @BeforeEach
  void start() {
    runtime = TestDocker.connect(run);
    node = new TestNode(run, runtime, new TestNode.FakeNetwork(), data);
    book = new DiskBook(runtime, data);
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

  private StorageLoop loop() {
    PodsHere here =
        new PodsHere() {
          @Override
          public List<PodView> active() {
            return node.workers().pods().stream().filter(pod -> !pod.terminal()).toList();
          }

          @Override
          public void evict(PodView pod, Verdict word) {
            node.workers().condemn(pod.uid(), word);
          }
        };
    return new StorageLoop(book, here, Duration.ofMinutes(1), Clock.systemUTC());
  }

  /** A pod that writes so many mebibytes into its own layer and its volume. */
  private static ObjectNode writing(String name, int layer, int volume) {
    String script =
        "dd if=/dev/zero of=/tmp/own bs=1M count=%d; dd if=/dev/zero of=/cache/file bs=1M count=%d;"
                .formatted(layer, volume)
            + " touch /tmp/done; sleep 600";
    ObjectNode pod = pod(name, TestDocker.IMAGE, "sh", "-c", script);
    ObjectNode mount = container(pod, 0).putArray("volumeMounts").addObject();
    mount.put("name", "cache").put("mountPath", "/cache");
    ObjectNode ready = container(pod, 0).putObject("readinessProbe");
    ready.put("periodSeconds", 1).putObject("exec").putArray("command").add("cat").add("/tmp/done");
    spec(pod).putArray("volumes").addObject().put("name", "cache").putObject("emptyDir");
    return pod;
  }

  @Test
  void layersAndVolumesAreCountedApart() throws Exception {
    ObjectKey key = node.run(writing("writer", 3, 5));
    node.awaitReady(key);
    PodView view = node.workers().pods().getFirst();
    PodDisk disk =
        Eventually.get(() ->
            Optional.ofNullable(book.of(List.of(view)).get(view.uid()))
                .filter(d -> d.volumes().getOrDefault("cache", 0L) >= 5 * MI));
    assertThat(disk.containers().get("main")).isBetween(3 * MI, 4 * MI);
    assertThat(disk.volumes().get("cache")).isBetween(5 * MI, 6 * MI);
    assertThat(disk.inodes()).isBetween(5L, 100L);
  }

  @Test
  void aPodThatWritesMoreThanItMayIsEvicted() {
    ObjectNode volume = writing("volume", 0, 3);
    ((ObjectNode) volume.at("/spec/volumes/0/emptyDir")).put("sizeLimit", "2Mi");
    ObjectNode layer = writing("layer", 4, 0);
    container(layer, 0).putObject("resources").putObject("limits").put("ephemeral-storage", "3Mi");
    ObjectNode modest = writing("modest", 1, 1);
    container(modest, 0).putObject("resources").putObject("limits").put("ephemeral-storage", "9Mi");
    ObjectKey first = node.run(volume);
    ObjectKey second = node.run(layer);
    ObjectKey third = node.run(modest);
    node.awaitReady(first);
    node.awaitReady(second);
    node.awaitReady(third);
    loop().round();
    assertThat(message(node.awaitPhase(first, "Failed")))
        .isEqualTo("Usage of EmptyDir volume \"cache\" exceeds the limit \"2Mi\". ");
    assertThat(message(node.awaitPhase(second, "Failed")))
        .isEqualTo("Pod ephemeral local storage usage exceeds the total limit of containers 3Mi. ");
    assertThat(node.awaitReady(third).at("/status/phase").asString("")).isEqualTo("Running");
  }

  private static String message(JsonNode pod) {
    return pod.at("/status/message").asString("");
  }
}

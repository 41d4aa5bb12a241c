package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** How volumes end with their pods, and with an agent. */
@Timeout(60)
final class VolumeLifeTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    new Mounter().unmountBelow(data);
  }

  private ObjectNode inMemory() {
    ObjectNode pod = pod("web", IMAGE, "wait");
    spec(pod)
        .putArray("volumes")
        .addObject()
        .put("name", "v")
        .putObject("emptyDir")
        .put("medium", "Memory");
    return pod;
  }

  private List<Path> mounted() {
    try {
      return MountTable.read().below(data).stream().map(MountTable.Entry::target).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> told() {
    return node.events().stream().filter(e -> e.startsWith("FailedUnMount")).toList();
  }

  @Test
  void a_pod_is_not_gone_before_its_volumes_are_unmounted() throws Exception {
    ObjectKey key = node.run(inMemory());
    String uid = node.awaitReady(key).at("/metadata/uid").asString("");
    Path volume = PodFolder.of(data, uid).volume("v");
    Process user = new ProcessBuilder("sleep", "100").directory(volume.toFile()).start();
    try {
      node.delete(key);
      node.await(() -> !told().isEmpty());
      assertThat(node.client.get(key).orAbsent()).isPresent();
      assertThat(mounted()).containsExactly(volume.toAbsolutePath());
    } finally {
      user.destroyForcibly().waitFor();
    }
    node.awaitGone(key);
    assertThat(told()).hasSize(1);
    assertThat(mounted()).isEmpty();
    assertThat(volume).doesNotExist();
  }

  @Test
  void a_part_that_is_named_by_an_unknown_variable_keeps_its_container_from_starting() {
    ObjectNode pod = inMemory();
    container(pod, 0)
        .withArray("volumeMounts")
        .addObject()
        .put("name", "v")
        .put("mountPath", "/v")
        .put("subPathExpr", "$(NONE)/x");
    ObjectKey key = node.run(pod);
    node.awaitPod(key, p -> waiting(p).equals("CreateContainerConfigError"));
    node.await(() -> node.events().contains("Failed: Error: missing value for \"$(NONE)/x\""));
  }

  @Test
  void what_an_agent_that_was_killed_left_behind_is_put_away() throws Exception {
    ObjectKey key = node.run(inMemory());
    node.awaitReady(key);
    Path ghost = PodFolder.of(data, "ghost").volume("v");
    Files.createDirectories(ghost);
    new Mounter().memory(ghost, 1 << 20, "0777");
    node.restart();
    Eventually.holds(() -> !Files.exists(PodFolder.of(data, "ghost").path()));
    assertThat(mounted()).hasSize(1);
    assertThat(node.awaitReady(key).at("/status/phase").asString("")).isEqualTo("Running");
  }
}

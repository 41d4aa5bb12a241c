package dev.argosy.agent.group;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Pods of a real engine live in groups of the real kernel, whichever version it has. */
@Timeout(120)
final class DockerGroupsTest {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private DockerRuntime runtime;
  private TestNode node;

  @BeforeEach
  void start() {
    runtime = TestDocker.connect(run);
    node = new TestNode(run, runtime, new TestNode.FakeNetwork(), data);
    GroupSettings settings = new GroupSettings(true, run, 300, 2000, 4L << 30, 4L << 30);
    node.groups =
        new NodeGroups(settings, GROUPS, () -> false, Privilege.leastOomScore(Path.of("/proc")));
    node.restart();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    for (Container one : runtime.containers(Map.of())) {
      runtime.removeContainer(one.id());
    }
    for (Sandbox one : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(one.id());
    }
    runtime.close();
    for (Path group : groups()) {
      GroupFiles.remove(group);
    }
    assertThat(groups()).isEmpty();
  }

  /** This run's own, in the trees of all controllers. */
  private List<Path> groups() throws Exception {
    List<Path> own = new ArrayList<>(List.of(GROUPS.resolve(run)));
    try (var trees = Files.list(GROUPS)) {
      trees.map(tree -> tree.resolve(run)).forEach(own::add);
    }
    return own.stream().filter(Files::isDirectory).toList();
  }

  private String groupOf(ObjectKey pod) throws Exception {
    int pid =
        runtime.containers(Map.of()).stream()
            .filter(c -> c.name().contains("_" + pod.name() + "_"))
            .flatMap(c ->
                c.state() instanceof Container.Running(var at, int id)
                    ? java.util.stream.Stream.of(id)
                    : java.util.stream.Stream.empty())
            .findFirst()
            .orElseThrow();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts[1].equals("memory") || parts[0].equals("0") && !parts[2].equals("/")) {
        return parts[2].substring(0, parts[2].lastIndexOf('/'));
      }
    }
    throw new AssertionError("no group");
  }

  private long memoryLimit(String group) throws Exception {
    String name = group.substring(1);
    Path first = GROUPS.resolve("memory").resolve(name).resolve("memory.limit_in_bytes");
    Path unified = GROUPS.resolve(name).resolve("memory.max");
    return Long.parseLong(Files.readString(Files.exists(first) ? first : unified).strip());
  }

  @Test
  void aPodsProcessesLiveInItsGroupWhichGoesWithIt() throws Exception {
    ObjectNode sized = pod("sized", TestDocker.IMAGE, "sleep", "600");
    ObjectNode resources = container(sized, 0).putObject("resources");
    resources.putObject("requests").put("cpu", "100m").put("memory", "16Mi");
    resources.putObject("limits").put("cpu", "200m").put("memory", "32Mi");
    ObjectKey key = node.run(sized);
    node.awaitReady(key);
    String uid = node.client.get(key).orThrow().meta().uid();
    String group = groupOf(key);
    assertThat(group).isEqualTo("/" + run + "/kubepods/burstable/pod" + uid);
    assertThat(memoryLimit(group)).isEqualTo(32L << 20);

    resources.withObject("/limits").put("cpu", "400m").put("memory", "64Mi");
    ObjectNode body = Json.object();
    body.putObject("spec").set("containers", sized.at("/spec/containers"));
    node.client.patch(key, "", Patch.merge(body)).orThrow();
    node.awaitPod(key, p -> TestNode.status(p).path("resources").equals(resources));
    assertThat(memoryLimit(group)).isEqualTo(64L << 20);

    node.delete(key);
    node.awaitGone(key);
    Eventually.holds(() ->
        groups().stream()
            .noneMatch(g -> Files.exists(g.resolve(group.substring(run.length() + 2)))));
  }

  @Test
  void aPodThatAskedForNothingIsTheKernelsFirst() throws Exception {
    ObjectKey key = node.run(pod("plain", TestDocker.IMAGE, "sleep", "600"));
    node.awaitReady(key);
    assertThat(groupOf(key)).startsWith("/" + run + "/kubepods/besteffort/pod");
    int score = runtime.containers(Map.of()).getFirst().limits().oomScoreAdjust();
    assertThat(score).isEqualTo(1000);
  }
}

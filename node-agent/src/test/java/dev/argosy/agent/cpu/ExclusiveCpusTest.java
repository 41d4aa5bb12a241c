package dev.argosy.agent.cpu;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.group.PodGroups;
import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Real containers on processors of their own; processor 0 is nobody's. */
@Timeout(120)
final class ExclusiveCpusTest {

  private static final Path MACHINE = Path.of("/sys/devices/system/cpu");
  private static final Path PROC = Path.of("/proc");

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private DockerRuntime runtime;
  private TestNode node;
  private ExclusiveCpus cpus;

  @BeforeEach
  void start() throws IOException {
    runtime = TestDocker.connect(run);
    node = new TestNode(run, runtime, new TestNode.FakeNetwork(), data);
    begin();
  }

  private void begin() throws IOException {
    cpus = ExclusiveCpus.of(MACHINE, "0", data.resolve("cpus.json"), runtime, PROC);
    node.gate = cpus;
    node.groups = new Pinned(cpus);
    node.restart();
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

  private static ObjectNode guaranteed(String name, String cpu) {
    ObjectNode pod = pod(name, TestDocker.IMAGE, "sleep", "600");
    ObjectNode resources = container(pod, 0).putObject("resources");
    resources.putObject("requests").put("cpu", cpu).put("memory", "16Mi");
    resources.putObject("limits").put("cpu", cpu).put("memory", "16Mi");
    return pod;
  }

  /** The processors that the kernel lets the pod's container run on. */
  private String allowed(ObjectKey pod) throws Exception {
    for (Container one : runtime.containers(Map.of())) {
      if (one.name().contains("_" + pod.name() + "_")
          && one.state() instanceof Container.Running running) {
        return Files.readAllLines(PROC.resolve(running.pid() + "/status")).stream()
            .filter(line -> line.startsWith("Cpus_allowed_list:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseThrow();
      }
    }
    return "";
  }

  private List<PodView> active() {
    return node.workers().pods().stream().filter(pod -> !pod.terminal()).toList();
  }

  @Test
  void whoAsksForAWholeOneHasItAloneUntilItGoes() throws Exception {
    CpuSet all = CpuTopology.read(MACHINE).all();
    ObjectKey other = node.run(pod("other", TestDocker.IMAGE, "sleep", "600"));
    node.awaitReady(other);
    assertThat(CpuSet.parse(allowed(other))).isEqualTo(all);
    ObjectKey one = node.run(guaranteed("one", "1"));
    node.awaitReady(one);
    CpuSet own = CpuSet.parse(allowed(one));
    assertThat(own.size()).isEqualTo(1);
    assertThat(own.numbers()).doesNotContain(0);
    assertThat(CpuSet.parse(allowed(other))).isEqualTo(all.minus(own));

    node.delete(one);
    node.awaitGone(one);
    Eventually.holds(() -> node.workers().size() == 1);
    cpus.follow(active());
    assertThat(CpuSet.parse(allowed(other))).isEqualTo(all);
  }

  @Test
  void itIsKnownAcrossARestartAlsoFromACorruptFile() throws Exception {
    ObjectKey one = node.run(guaranteed("one", "1"));
    node.awaitReady(one);
    String own = allowed(one);
    begin();
    Eventually.holds(() -> node.workers().size() == 1);
    cpus.follow(active());
    assertThat(allowed(one)).isEqualTo(own);
    Path file = data.resolve("cpus.json");
    String saved = Files.readString(file);
    assertThat(saved).contains("/main\":\"" + own + "\"");
    Files.writeString(file, saved.substring(0, 5));
    begin();
    int left = CpuTopology.read(MACHINE).all().size() - 2;
    ObjectKey tooMuch = node.run(guaranteed("more", Integer.toString(left + 1)));
    JsonNode refused = node.awaitPhase(tooMuch, "Failed");
    assertThat(refused.at("/status/reason").asString("")).isEqualTo("UnexpectedAdmissionError");
    assertThat(refused.at("/status/message").asString(""))
        .isEqualTo(
            "Pod was rejected: Allocate failed due to not enough cpus available to satisfy request:"
                + " requested=%d, available=%d, which is unexpected".formatted(left + 1, left));
    assertThat(Files.readString(file)).isEqualTo(saved);
    assertThat(data.resolve("cpus.json.corrupt")).exists();
    assertThat(allowed(one)).isEqualTo(own);
  }

  @Test
  void partsOfProcessorsAreShared() throws Exception {
    ObjectKey half = node.run(guaranteed("half", "500m"));
    node.awaitReady(half);
    assertThat(CpuSet.parse(allowed(half))).isEqualTo(CpuTopology.read(MACHINE).all());
  }

  @Test
  void processorsThatAreNotThereCannotBeReserved() {
    for (String reserved : List.of("", "0-9999", "99999")) {
      assertThatThrownBy(
              () -> ExclusiveCpus.of(MACHINE, reserved, data.resolve("cpus.json"), runtime, PROC))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--reserved-cpus");
    }
  }

  private record Pinned(ExclusiveCpus exclusive) implements PodGroups {
    @Override
    public String enter(PodView pod) {
      return "";
    }

    @Override
    public void grow(PodView pod) {}

    @Override
    public void fit(PodView pod) {}

    @Override
    public void leave(String uid) {}

    @Override
    public int oomScore(PodView pod, ContainerView container) {
      return 0;
    }

    @Override
    public String cpus(PodView pod, ContainerView container) throws RuntimeFailure {
      return exclusive.of(pod, container);
    }
  }
}

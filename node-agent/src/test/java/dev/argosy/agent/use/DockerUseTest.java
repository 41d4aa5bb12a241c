package dev.argosy.agent.use;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real container at work, in the real kernel's files. */
class DockerUseTest {

  private static final ObjectKey POD =
      new ObjectKey(new GroupResource("", "pods"), "acme", "default", "busy");

  @Test
  @Timeout(120)
  void seesARealContainerWork() throws Exception {
    try (DockerRuntime runtime = TestDocker.connect("use-test")) {
      PauseImage.ensure(runtime.images(), "amd64");
      String sandbox = sandbox(runtime);
      String container = busy(runtime, sandbox);
      try {
        runtime.startContainer(container);
        UseSampler sampler = new UseSampler(runtime, KernelFiles.MACHINE, Clock.systemUTC());
        Seen first = Eventually.get(() -> seen(sampler, "main", 1));
        assertThat(first.counters().memoryBytes()).isPositive();
        Seen later =
            Eventually.get(() -> seen(sampler, "main", first.counters().cpuNanos() + 1_000_000));
        assertThat(later.id()).isEqualTo(first.id());
        assertThat(seen(sampler, "", 0)).as("the pod's network").isPresent();
      } finally {
        runtime.removeContainer(container);
        runtime.removeSandbox(sandbox);
      }
    }
  }

  private static Optional<Seen> seen(UseSampler sampler, String name, long atLeast)
      throws Exception {
    return sampler.look().live().stream()
        .filter(one -> one.container().equals(name))
        .filter(one -> one.counters().cpuNanos() >= atLeast)
        .findFirst();
  }

  private static String sandbox(DockerRuntime runtime) throws Exception {
    return runtime.startSandbox(
        new SandboxSpec(
            "use-test-sandbox",
            PodLabels.ofPod(POD, "busy-uid"),
            PauseImage.NAME,
            PauseImage.COMMAND,
            "",
            false,
            false,
            false,
            Map.of(),
            ""));
  }

  private static String busy(DockerRuntime runtime, String sandbox) throws Exception {
    return runtime.createContainer(
        sandbox,
        new ContainerSpec(
            "use-test-busy",
            PodLabels.ofContainer(POD, "busy-uid", "main", 0),
            TestDocker.IMAGE,
            List.of("sh", "-c", "while :; do :; done"),
            List.of(),
            List.of(),
            "",
            List.of(),
            ContainerSpec.Limits.NONE,
            ContainerSpec.Privileges.DEFAULT,
            ContainerSpec.Terminal.NONE,
            new ContainerSpec.Processes.Own()));
  }
}

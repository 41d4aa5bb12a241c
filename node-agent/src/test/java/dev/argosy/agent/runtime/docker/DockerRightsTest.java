package dev.argosy.agent.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How containers end and what they may do, on a real engine. */
@Timeout(60)
final class DockerRightsTest {

  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private DockerRuntime runtime;

  @BeforeEach
  void start() throws RuntimeFailure {
    runtime = TestDocker.connect(run);
    PauseImage.ensure(runtime.images(), "amd64");
  }

  @AfterEach
  void stop() throws RuntimeFailure {
    for (Container container : runtime.containers(Map.of())) {
      runtime.removeContainer(container.id());
    }
    for (Sandbox sandbox : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(sandbox.id());
    }
    runtime.close();
  }

  private Container.Exited exited(String id) {
    return Eventually.get(() ->
        runtime
            .container(id)
            .map(Container::state)
            .filter(Container.Exited.class::isInstance)
            .map(Container.Exited.class::cast));
  }

  private ContainerSpec spec(
      String name, Privileges privileges, String stopSignal, String... command) {
    return new ContainerSpec(
        run + "-" + name,
        Map.of("pod", "a"),
        TestDocker.IMAGE,
        List.of(command),
        List.of(),
        List.of(),
        "",
        List.of(),
        ContainerSpec.Limits.NONE,
        privileges,
        ContainerSpec.Terminal.NONE,
        new ContainerSpec.Processes.Own(),
        stopSignal,
        "",
        ContainerSpec.Extras.NONE);
  }

  private static Privileges privileges(List<String> capabilities, String seccompFile) {
    return new Privileges(
        "", List.of(), false, true, false, false, capabilities, List.of(), seccompFile, "");
  }

  @Test
  void aContainerIsAskedToEndByItsOwnSignal() throws Exception {
    String id =
        runtime.createContainer(
            sandbox(),
            spec(
                "signal",
                Privileges.DEFAULT,
                "SIGUSR1",
                "sh",
                "-c",
                "trap 'exit 41' USR1; echo up; while true; do sleep 0.1; done"));
    runtime.startContainer(id);
    try (var log = runtime.streams().logs(id, new LogQuery(true, -1, null, false, true, true))) {
      assertThat(log.next()).isNotNull();
    }
    runtime.stopContainer(id, Duration.ofSeconds(20));
    assertThat(exited(id).exitCode()).isEqualTo(41);
  }

  @Test
  void filtersAndCapabilitiesThatAreNotThereAreRefusedByName(@TempDir Path folder)
      throws Exception {
    String sandbox = sandbox();
    String absent = folder.resolve("absent.json").toString();
    assertThatThrownBy(() ->
            runtime.createContainer(
                sandbox, spec("f", privileges(List.of(), absent), "", "sleep", "1")))
        .isInstanceOf(RuntimeFailure.class)
        .hasMessageContaining("cannot load seccomp profile \"" + absent);
    assertThatThrownBy(() ->
            runtime.createContainer(
                sandbox, spec("c", privileges(List.of("FLY"), ""), "", "sleep", "1")))
        .isInstanceOf(RuntimeFailure.class)
        .hasMessageContaining("unknown capability: \"FLY\"");
    Path allowing = folder.resolve("allowing.json");
    Files.writeString(allowing, "{\"defaultAction\":\"SCMP_ACT_ALLOW\"}");
    String made =
        runtime.createContainer(
            sandbox,
            spec("a", privileges(List.of("NET_BIND_SERVICE"), allowing.toString()), "", "true"));
    runtime.startContainer(made);
    assertThat(exited(made).exitCode()).isZero();
  }

  private String sandbox() throws RuntimeFailure {
    return runtime.startSandbox(
        new SandboxSpec(
            run + "-own-sandbox",
            Map.of(),
            PauseImage.NAME,
            PauseImage.COMMAND,
            "web",
            false,
            false,
            false,
            Map.of(),
            ""));
  }
}

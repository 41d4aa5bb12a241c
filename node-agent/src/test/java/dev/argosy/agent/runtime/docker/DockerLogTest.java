package dev.argosy.agent.runtime.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.TestDocker;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logs that the engine rotates. */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DockerLogTest {

  private static final int LINES = 30_000;
  private static final LogQuery FOLLOW = new LogQuery(true, -1, null, false, true, true);

  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private ContainerRuntime runtime;

  @BeforeEach
  void connect() throws RuntimeFailure {
    TestDocker.connect(run).close(); // brings the image
    runtime = DockerRuntime.connect(TestDocker.host(), run, new LogLimits(64 << 10, 50));
    PauseImage.ensure(runtime.images(), "amd64");
  }

  @AfterEach
  void removeEverything() throws RuntimeFailure {
    for (Container container : runtime.containers(Map.of())) {
      runtime.removeContainer(container.id());
    }
    for (Sandbox sandbox : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(sandbox.id());
    }
    runtime.close();
  }

  @Test
  void everyLineIsReadOnceFromAllFilesAndFollowedThroughRotations() throws Exception {
    String id = started("i=0; while test $i -lt " + LINES + "; do echo line $i; i=$((i+1)); done");
    String expected =
        IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    try (LogReader lagging = runtime.streams().logs(id, FOLLOW)) {
      assertThat(text(id, FOLLOW)).isEqualTo(expected);
      assertThat(rest(lagging)).isEqualTo(expected);
    }
    assertThat(text(id, LogQuery.ALL)).isEqualTo(expected);
    assertThat(text(id, new LogQuery(false, 25_000, null, false, true, true)))
        .startsWith("line 5000\n")
        .endsWith("line 29999\n");
  }

  /** As it is read where the engine's files are not seen. */
  @Test
  void theEngineItselfReadsALogThatHasEnded() throws Exception {
    String id =
        started(
            "printf '%040000d\\n' 7; i=0; while test $i -lt 2000; do echo line; i=$((i+1)); done");
    assertThat(text(id, FOLLOW)).endsWith("line\n");
    DockerStreams streams = (DockerStreams) runtime.streams();
    for (LogQuery query :
        List.of(
            LogQuery.ALL,
            FOLLOW,
            new LogQuery(false, -1, null, true, true, true),
            new LogQuery(false, 1990, null, false, true, false))) {
      try (LogReader log = streams.byTheEngine(id, false, query)) {
        assertThat(rest(log)).isEqualTo(text(id, query));
      }
    }
  }

  private String started(String script) throws RuntimeFailure {
    String sandbox =
        runtime.startSandbox(
            new SandboxSpec(
                run + "-pod",
                Map.of(),
                PauseImage.NAME,
                PauseImage.COMMAND,
                "web",
                false,
                false,
                false,
                Map.of(),
                ""));
    String id =
        runtime.createContainer(
            sandbox,
            new ContainerSpec(
                run + "-main",
                Map.of(),
                TestDocker.IMAGE,
                List.of("sh", "-c", script),
                List.of(),
                List.of(),
                "",
                List.of(),
                ContainerSpec.Limits.NONE,
                ContainerSpec.Privileges.DEFAULT,
                ContainerSpec.Terminal.NONE,
                new ContainerSpec.Processes.Own()));
    runtime.startContainer(id);
    return id;
  }

  private String text(String id, LogQuery query) throws Exception {
    try (LogReader log = runtime.streams().logs(id, query)) {
      return rest(log);
    }
  }

  private static String rest(LogReader log) throws Exception {
    StringBuilder text = new StringBuilder();
    for (LogReader.Chunk chunk = log.next(); chunk != null; chunk = log.next()) {
      text.append(new String(chunk.bytes(), UTF_8));
    }
    return text.toString();
  }
}

package dev.argosy.agent.runtime.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.TestContainerd;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.runtime.contract.Checkpointing;
import dev.argosy.agent.runtime.contract.RuntimeContract;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CriRuntimeTest extends RuntimeContract {

  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir private Path logs;

  @Override
  protected ContainerRuntime runtime() {
    return TestContainerd.connect(run, logs);
  }

  @Override
  protected String image() {
    return TestDocker.IMAGE;
  }

  @Override
  protected String prefix() {
    return run + "-";
  }

  @Test
  void aDebuggerSeesTheProcessesOfItsTarget() throws Exception {
    checkDebuggerSeesItsTarget();
  }

  @Test
  void whoCannotCheckpointSaysSo(@TempDir Path folder) throws Exception {
    String id = started(new Task.Wait());
    try (ContainerRuntime engine = runtime()) {
      Checkpointing.isMadeOrRefused(engine, id, folder);
    }
  }

  @Override
  protected List<String> command(Task task) {
    return switch (task) {
      case Task.Wait _ -> List.of("sleep", "600");
      case Task.Copy _ -> List.of("cat");
      case Task.Use(String device) ->
          List.of("sh", "-c", "test -c \"$0\" && echo x > \"$0\"", device);
      case Task.Print(String out, String err, int code) ->
          List.of(
              "sh",
              "-c",
              "printf %s \"$0\"; printf %s \"$1\" >&2; exit \"$2\"",
              out,
              err,
              Integer.toString(code));
    };
  }

  @Test
  void theRuntimeTellsWhatAContainerUses() throws Exception {
    String id = started(new Task.Wait());
    try (ContainerRuntime engine = runtime()) {
      assertThat(engine.memoryUsage(id)).isBetween(1L, 1L << 30);
    }
  }
}

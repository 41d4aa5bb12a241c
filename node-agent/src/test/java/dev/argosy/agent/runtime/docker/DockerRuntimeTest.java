package dev.argosy.agent.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.TestDocker;
import dev.argosy.agent.runtime.contract.Checkpointing;
import dev.argosy.agent.runtime.contract.ListeningFollower;
import dev.argosy.agent.runtime.contract.RuntimeContract;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DockerRuntimeTest extends RuntimeContract {

  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);

  @Override
  protected ContainerRuntime runtime() {
    return TestDocker.connect(run);
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
  void theKernelTellsWhatAContainerUses() throws Exception {
    String id = started(new Task.Wait());
    try (ContainerRuntime engine = runtime()) {
      assertThat(engine.memoryUsage(id)).isBetween(1L, 1L << 30);
    }
  }

  @Test
  @Timeout(60)
  void whatHappensBeforeEventsFlowIsToldWhenTheyDo(@TempDir Path folder) throws Exception {
    try (LateEvents late = new LateEvents(folder, TestDocker.host());
        ContainerRuntime engine = TestDocker.connect(late.host(), run)) {
      ListeningFollower follower = new ListeningFollower(engine);
      try (ContainerRuntime.Subscription subscription = engine.onChange(follower)) {
        assertThat(subscription).isNotNull();
        late.awaitAsked();
        String id = started(new Task.Print("", "", 0));
        awaitExited(id);
        late.allow();
        follower.awaitState(id, Container.Exited.class);
      }
    }
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
}

package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.agent.shutdown.MachineState;
import dev.argosy.agent.shutdown.ShutdownGrace;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The machine goes down. */
@Timeout(60)
final class NodeShutdownTest {

  private static final String IMAGE = "busybox:1";
  private static final ShutdownGrace GRACE =
      new ShutdownGrace(Duration.ofSeconds(20), Duration.ofSeconds(10));

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() throws Exception {
    runtime.images().add(IMAGE);
    Path manifests = Files.createDirectory(data.resolve("manifests"));
    Files.writeString(manifests.resolve("p"), pod("static", IMAGE, "wait").toString());
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data, Optional.of(manifests));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void podsEndCriticalOnesLastAndSaySo() throws Exception {
    ObjectNode important = pod("important", IMAGE, "wait");
    spec(important).put("priority", 2_000_001_000);
    ObjectKey critical = node.run(important);
    ObjectKey plain = node.run(pod("plain", IMAGE, "wait"));
    node.awaitReady(critical);
    node.awaitReady(plain);
    List<String> ended = new CopyOnWriteArrayList<>();
    var subscription =
        runtime.onChange(
            new RuntimeListener() {
              @Override
              public void changed(RuntimeChange change) {
                ended.add(change.labels().getOrDefault(PodLabels.NAME, ""));
              }

              @Override
              public void missedSome() {}
            });
    node.shutDown(GRACE);
    subscription.close();

    assertThat(ended).contains("plain", "static-n1");
    assertThat(ended.getLast()).isEqualTo("important");
    assertThat(runtime.containers(Map.of()))
        .isNotEmpty()
        .allMatch(c -> c.state() instanceof Container.Exited);
    for (ObjectKey key : List.of(critical, plain)) {
      JsonNode status = node.awaitPhase(key, "Failed").path("status");
      assertThat(status.path("reason").asString()).isEqualTo("Terminated");
      assertThat(status.path("message").asString())
          .isEqualTo("Pod was terminated in response to imminent node shutdown.");
      JsonNode target =
          status
              .path("conditions")
              .valueStream()
              .filter(c -> c.path("type").asString("").equals("DisruptionTarget"))
              .findFirst()
              .orElseThrow();
      assertThat(target.path("reason").asString()).isEqualTo("TerminationByKubelet");
    }
    JsonNode late = node.awaitPhase(node.run(pod("late", IMAGE, "wait")), "Failed").path("status");
    assertThat(late.path("reason").asString()).isEqualTo("NodeShutdown");

    node.restart();
    node.await(() -> {
      try {
        return runtime.containers(Map.of()).stream()
            .filter(c -> c.state() instanceof Container.Running)
            .map(c -> c.labels().get(PodLabels.NAME))
            .toList()
            .equals(List.of("static-n1"));
      } catch (dev.argosy.agent.runtime.spi.RuntimeFailure e) {
        throw new AssertionError(e);
      }
    });
  }

  @Test
  void settingsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> new ShutdownGrace(Duration.ofSeconds(5), Duration.ofSeconds(6)))
        .hasMessageContaining("--shutdown-grace-period-critical-pods");
    assertThatThrownBy(() -> MachineState.When.of("perhaps"))
        .hasMessageContaining("auto, always or never");
    assertThat(new MachineState(MachineState.When.of("always")).goesDown()).isTrue();
    assertThat(new MachineState(MachineState.When.of("never")).goesDown()).isFalse();
    assertThat(new MachineState(MachineState.When.AUTO).goesDown()).isFalse();
  }
}

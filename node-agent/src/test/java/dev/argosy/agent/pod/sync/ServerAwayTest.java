package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server does not answer: pods are run by what is known, and told of when it is back. */
@Timeout(60)
final class ServerAwayTest {

  private static final String IMAGE = "busybox:1";
  private static final Fault AWAY =
      (verb, resource, name) -> Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "no server"));

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());

  private List<Container> running() throws Exception {
    return runtime.containers(Map.of()).stream()
        .filter(c -> c.state() instanceof Container.Running)
        .toList();
  }

  @Test
  void podsAreRestartedMeanwhileAndToldOfAfterwards() throws Exception {
    runtime.images().add(IMAGE);
    try (TestNode node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data)) {
      ObjectKey key = node.run(pod("web", IMAGE, "wait"));
      node.awaitReady(key);
      String before = running().getFirst().id();

      node.api.setFault(AWAY);
      node.api.cutWatches();
      runtime.end(before, 3);
      Eventually.holds(() -> running().size() == 1 && !running().getFirst().id().equals(before));

      node.api.setFault(Fault.NONE);
      node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
      node.awaitReady(key);
      assertThat(runtime.containers(Map.of())).hasSize(2);
    }
  }
}

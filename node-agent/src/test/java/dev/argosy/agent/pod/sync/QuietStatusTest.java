package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pod at rest costs the API nothing. */
@Timeout(60)
final class QuietStatusTest {

  @TempDir Path data;

  /**
   * The server keeps no members without a value. A status that has some would differ from what is
   * kept, and be written again whenever the pod is looked at.
   */
  @Test
  void aStatusHasNothingThatTheServerDoesNotKeep() {
    FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
    runtime.images().add("busybox:1");
    try (TestNode node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data)) {
      ObjectKey key = node.run(TestNode.pod("web", "busybox:1", "wait"));
      assertThat(node.awaitReady(key).path("status").toString()).doesNotContain("null");
    }
  }
}

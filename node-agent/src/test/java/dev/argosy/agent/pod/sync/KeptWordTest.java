package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the node said of a pod holds, though the agent died before the API heard of it. */
@Timeout(60)
final class KeptWordTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private int containers(boolean running) {
    try {
      return Math.toIntExact(
          runtime.containers(Map.of()).stream()
              .filter(c -> !running || c.state() instanceof Container.Running)
              .count());
    } catch (RuntimeFailure e) {
      throw new AssertionError(e);
    }
  }

  private void loseStatuses() {
    node.api.setFault((verb, resource, name) ->
        verb.equals("patch") && resource.resource().equals("pods")
            ? Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "not now"))
            : Optional.empty());
  }

  private JsonNode failedAfterRestart(ObjectKey key) {
    node.restart();
    node.api.setFault(Fault.NONE);
    JsonNode pod = node.awaitPhase(key, "Failed");
    ObjectKey next = node.run(pod("next", IMAGE, "wait"));
    node.awaitReady(next);
    return pod;
  }

  @Test
  void anEvictedPodIsNotBegunAgain() {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    String uid = node.awaitReady(key).at("/metadata/uid").asString("");
    loseStatuses();
    node.workers()
        .condemn(uid, new Verdict("Evicted", "short of all", Duration.ofSeconds(1), true));
    Eventually.holds(() -> containers(true) == 0);
    JsonNode pod = failedAfterRestart(key);
    assertThat(pod.at("/status/reason").asString("")).isEqualTo("Evicted");
    assertThat(pod.at("/status/message").asString("")).isEqualTo("short of all");
    assertThat(TestNode.condition(pod, "DisruptionTarget")).isEqualTo("True");
    assertThat(containers(true)).as("the next pod's alone").isEqualTo(1);
  }

  @Test
  void oneThatWasToldToEndEndsThoughTheAgentDiedAtOnce() {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    String uid = node.awaitReady(key).at("/metadata/uid").asString("");
    node.workers().condemn(uid, new Verdict("Evicted", "first", Duration.ofSeconds(1), false));
    node.restart();
    assertThat(node.awaitPhase(key, "Failed").at("/status/message").asString(""))
        .isEqualTo("first");
  }

  @Test
  void aRefusedPodIsNotAskedAgainNorBegun() {
    node.gate = pod -> Optional.of(new Rejection("OutOfluck", "none left"));
    loseStatuses();
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    node.await(() -> node.events().contains("OutOfluck: none left"));
    node.gate = pod -> Optional.empty();
    JsonNode pod = failedAfterRestart(key);
    assertThat(pod.at("/status/reason").asString("")).isEqualTo("OutOfluck");
    assertThat(pod.at("/status/message").asString("")).isEqualTo("Pod was rejected: none left");
    assertThat(containers(false)).as("the next pod's alone").isEqualTo(1);
    assertThat(node.events().stream().filter(e -> e.startsWith("OutOfluck"))).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsNoWordAndAWordGoesWithItsPod() throws Exception {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    String uid = node.awaitReady(key).at("/metadata/uid").asString("");
    PodFolder folder = PodFolder.of(data, uid);
    Files.writeString(folder.word(), "{\"reason\":");
    node.restart();
    ObjectKey next = node.run(pod("next", IMAGE, "wait"));
    node.awaitReady(next);
    assertThat(containers(true)).isEqualTo(2);
    node.workers().condemn(uid, new Verdict("Evicted", "now", Duration.ofSeconds(1), false));
    node.awaitPhase(key, "Failed");
    assertThat(folder.word()).exists();
    node.delete(key);
    node.awaitGone(key);
    Eventually.holds(() -> !Files.exists(folder.path()));
  }
}

package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.admit.Rejection;
import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.model.object.ObjectKey;
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
import tools.jackson.databind.node.ObjectNode;

/** What becomes of pods on which the node has its own word. */
@Timeout(60)
final class EvictedPodTest {

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

  private JsonNode evicted(ObjectKey key, boolean disruption) {
    JsonNode running = node.awaitReady(key);
    Verdict word =
        new Verdict(
            "Evicted", "The node was low on resource: memory. ", Duration.ofSeconds(1), disruption);
    String uid = running.at("/metadata/uid").asString("");
    node.workers().condemn(uid, word);
    node.workers().condemn(uid, new Verdict("Later", "another word", Duration.ZERO, false));
    return node.awaitPhase(key, "Failed");
  }

  @Test
  void anEvictedPodFailsWithReasonMessageConditionAndEvent() throws Exception {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    JsonNode pod = evicted(key, true);
    assertThat(pod.at("/status/reason").asString("")).isEqualTo("Evicted");
    assertThat(pod.at("/status/message").asString(""))
        .isEqualTo("The node was low on resource: memory. ");
    JsonNode target =
        pod.at("/status/conditions")
            .valueStream()
            .filter(c -> c.path("type").asString("").equals("DisruptionTarget"))
            .findFirst()
            .orElseThrow();
    assertThat(target.path("status").asString("")).isEqualTo("True");
    assertThat(target.path("reason").asString("")).isEqualTo("TerminationByKubelet");
    assertThat(target.path("message").asString(""))
        .isEqualTo("The node was low on resource: memory. ");
    assertThat(condition(pod, "Ready")).isEqualTo("False");
    assertThat(status(pod).path("state").has("terminated")).isTrue();
    node.await(() -> node.events().contains("Evicted: The node was low on resource: memory. "));
    node.await(() -> sandboxes() == 0);
    assertThat(runtime.containers(Map.of())).as("kept for its log").hasSize(1);
  }

  private int sandboxes() {
    try {
      return runtime.sandboxes(Map.of()).size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onePodsOwnFaultIsNoDisruption() {
    ObjectNode once = pod("once", IMAGE, "wait");
    spec(once).put("restartPolicy", "Never").put("terminationGracePeriodSeconds", 3000);
    JsonNode pod = evicted(node.run(once), false);
    assertThat(pod.at("/status/reason").asString("")).isEqualTo("Evicted");
    assertThat(condition(pod, "DisruptionTarget")).isEmpty();
  }

  @Test
  void anEvictedPodStaysFailedAcrossARestartAndGoesWhenItIsDeleted() {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    evicted(key, true);
    JsonNode before =
        node.awaitPod(key, p -> condition(p, "PodReadyToStartContainers").equals("False"));
    node.restart();
    ObjectKey next = node.run(pod("next", IMAGE, "wait"));
    node.awaitReady(next);
    assertThat(node.client.get(key).orThrow().tree().path("status"))
        .isEqualTo(before.path("status"));
    node.delete(key);
    node.awaitGone(key);
  }

  @Test
  void aRefusedPodFailsWithoutHavingBegun() throws Exception {
    node.gate =
        pod -> Optional.of(new Rejection("Evicted", "The node had condition: [DiskPressure]. "));
    ObjectKey key = node.run(pod("late", IMAGE, "wait"));
    JsonNode pod = node.awaitPhase(key, "Failed");
    assertThat(pod.at("/status/reason").asString("")).isEqualTo("Evicted");
    assertThat(pod.at("/status/message").asString(""))
        .isEqualTo("Pod was rejected: The node had condition: [DiskPressure]. ");
    node.await(() -> node.events().contains("Evicted: The node had condition: [DiskPressure]. "));
    assertThat(runtime.containers(Map.of())).isEmpty();
    assertThat(sandboxes()).isZero();
  }

  @Test
  void whoIsHereAlreadyIsNotAskedAgain() {
    ObjectKey key = node.run(pod("early", IMAGE, "wait"));
    node.awaitReady(key);
    node.gate = pod -> Optional.of(new Rejection("Evicted", "no room"));
    node.restart();
    ObjectKey late = node.run(pod("late", IMAGE, "wait"));
    node.awaitPhase(late, "Failed");
    assertThat(condition(node.awaitReady(key), "Ready")).isEqualTo("True");
  }
}

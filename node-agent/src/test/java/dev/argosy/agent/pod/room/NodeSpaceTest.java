package dev.argosy.agent.pod.room;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.sync.TestNode;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods that do not fit, on a node of four processors. */
@Timeout(60)
final class NodeSpaceTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path folder;
  private final Map<String, Long> offer =
      new HashMap<>(Map.of("cpu", 4000L, "memory", 8L << 30, "pods", 110L, "a.com/x", 2L));
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private Path manifests;
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    manifests = folder.resolve("manifests");
    node =
        new TestNode(
            "n1",
            runtime,
            new TestNode.FakeNetwork(),
            folder.resolve("data"),
            Optional.of(manifests));
    NodeSpace space = new NodeSpace(() -> Map.copyOf(offer));
    space.evictBy((uid, word) -> node.workers().condemn(uid, word));
    node.gate = space;
    node.restart();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static ObjectNode asking(String name, String resource, String amount) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    container(pod, 0).withObject("resources").withObject("requests").put(resource, amount);
    return pod;
  }

  private ObjectKey running(ObjectNode pod) {
    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    return key;
  }

  private static ObjectNode critical(ObjectNode pod) {
    spec(pod).put("priority", 2_000_000_000L);
    return pod;
  }

  private static String word(JsonNode pod) {
    return pod.at("/status/reason").asString("") + "|" + pod.at("/status/message").asString("");
  }

  @ParameterizedTest
  @CsvSource({
    "cpu,3800m,500m,'requested: 500, used: 3800, capacity: 4000'",
    "memory,6Gi,3Gi,'requested: 3221225472, used: 6442450944, capacity: 8589934592'",
    "a.com/x,1,2,'requested: 2, used: 1, capacity: 2'",
  })
  void whatDoesNotFitFailsInKubernetesWords(String resource, String first, String more, String w) {
    running(asking("first", resource, first));
    JsonNode pod = node.awaitPhase(node.run(asking("second", resource, more)), "Failed");
    assertThat(word(pod))
        .isEqualTo(
            "OutOf%s|Pod was rejected: Node didn't have enough resource: %s, %s"
                .formatted(resource, resource, w));
    node.await(() ->
        node.events()
            .contains(
                "OutOf%s: Node didn't have enough resource: %s, %s"
                    .formatted(resource, resource, w)));
  }

  @Test
  void aNodeHasRoomForSoManyPods() {
    offer.put("pods", 1L);
    running(pod("first", IMAGE, "wait"));
    assertThat(word(node.awaitPhase(node.run(pod("second", IMAGE, "wait")), "Failed")))
        .isEqualTo(
            "OutOfpods|Pod was rejected: Node didn't have enough resource: pods, requested: 1,"
                + " used: 1, capacity: 1");
  }

  @Test
  void whatTheNodeDoesNotCountIsNoReasonAndWhoEndedHoldsNothing() {
    running(asking("unknown", "b.com/y", "7"));
    ObjectNode once = pod("once", IMAGE, "exit", "0");
    spec(once).put("restartPolicy", "Never");
    container(once, 0).withObject("resources").withObject("requests").put("cpu", "4");
    node.awaitPhase(node.run(once), "Succeeded");
    running(asking("next", "cpu", "4"));
  }

  @Test
  void whoRunsIsCountedAcrossARestartAndNeverRefused() {
    ObjectKey first = running(asking("first", "cpu", "3"));
    offer.put("cpu", 2000L);
    node.restart();
    JsonNode late = node.awaitPhase(node.run(asking("late", "cpu", "1")), "Failed");
    assertThat(word(late)).contains("requested: 1000, used: 3000, capacity: 2000");
    node.awaitReady(first);
  }

  @Test
  void aPodWaitsForOneThatIsForcedOut() {
    ObjectKey first = running(asking("first", "cpu", "3"));
    String uid = node.client.get(first).orThrow().meta().uid();
    node.client.delete(first, DeleteOptions.now(uid)).orThrow();
    ObjectKey second = node.run(asking("second", "cpu", "3"));
    node.awaitReady(second);
  }

  @Test
  void aCriticalPodSendsAwayNoMoreThanItMust() {
    ObjectKey small = running(asking("small", "cpu", "1"));
    ObjectKey large = running(asking("large", "cpu", "2"));
    ObjectKey none = running(pod("none", IMAGE, "wait"));
    node.awaitReady(node.run(critical(asking("vital", "cpu", "3"))));
    JsonNode gone = node.awaitPhase(large, "Failed");
    assertThat(word(gone)).isEqualTo("Preempting|Preempted in order to admit critical pod");
    assertThat(TestNode.condition(gone, "DisruptionTarget")).isEqualTo("True");
    node.awaitReady(small);
    node.awaitReady(none);
  }

  @Test
  void criticalPodsDoNotSendEachOtherAway() {
    running(critical(asking("first", "cpu", "3")));
    JsonNode pod = node.awaitPhase(node.run(critical(asking("vital", "cpu", "2"))), "Failed");
    assertThat(word(pod))
        .startsWith("UnexpectedAdmissionError|")
        .endsWith("no set of running pods found to reclaim resources: [(res: cpu, q: 1000), ]");
  }

  @Test
  void staticPodsAreCriticalAndWhoOnlySaysSoIsNot() throws Exception {
    ObjectNode pretends = asking("pretends", "cpu", "3");
    ((ObjectNode) pretends.path("metadata"))
        .putObject("annotations")
        .put("kubernetes.io/config.source", "file");
    ObjectKey pretender = running(pretends);
    ObjectNode pod = asking("vital", "cpu", "3");
    Path hidden = folder.resolve("vital.json");
    Files.writeString(hidden, pod.toString());
    Files.move(hidden, manifests.resolve("vital.json"));
    assertThat(word(node.awaitPhase(pretender, "Failed"))).startsWith("Preempting|");
    node.await(this::vitalRuns);
  }

  private boolean vitalRuns() {
    try {
      return runtime.containers(Map.of()).stream()
          .anyMatch(c -> c.name().contains("vital") && c.state() instanceof Container.Running);
    } catch (RuntimeFailure e) {
      throw new AssertionError(e);
    }
  }
}

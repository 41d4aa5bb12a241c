package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.argosy.agent.Eventually;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import dev.argosy.model.object.ObjectKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pod may ask of its life on a node. */
@Timeout(60)
final class PodLifeTest {

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

  private static ObjectNode withPort(String name) {
    ObjectNode pod = pod(name, IMAGE, "wait");
    container(pod, 0).putArray("ports").addObject().put("containerPort", 80).put("hostPort", 8080);
    return pod;
  }

  @Test
  void aPodWhosePortIsTakenIsRefusedUntilItIsFree() throws Exception {
    ObjectKey first = node.run(withPort("first"));
    node.awaitReady(first);
    ObjectKey second = node.run(withPort("second"));
    JsonNode refused = node.awaitPhase(second, "Failed").path("status");
    assertThat(refused.path("reason").asString()).isEqualTo("NodePorts");
    assertThat(refused.path("message").asString()).startsWith("Pod was rejected: ");
    assertThat(refused.path("containerStatuses").isMissingNode()).isTrue();
    node.await(() -> node.events().stream().anyMatch(e -> e.startsWith("NodePorts: Predicate")));

    node.restart();
    node.awaitReady(first);
    node.awaitPhase(node.run(withPort("third")), "Failed");
    assertThat(runtime.containers(Map.of())).hasSize(1);

    node.delete(first);
    node.awaitGone(first);
    node.awaitReady(node.run(withPort("fourth")));
  }

  @Test
  void aPodWithAKernelSettingOfTheWholeMachineIsRefused() throws Exception {
    ObjectNode pod = pod("tuned", IMAGE, "wait");
    spec(pod)
        .putObject("securityContext")
        .putArray("sysctls")
        .addObject()
        .put("name", "vm.swappiness")
        .put("value", "1");
    JsonNode refused = node.awaitPhase(node.run(pod), "Failed");
    assertThat(refused.path("status").path("reason").asString()).isEqualTo("SysctlForbidden");
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
  }

  @Test
  void aRuleOfAContainerBringsItBack() {
    ObjectNode pod = pod("ruled", IMAGE, "exit", "42");
    spec(pod).put("restartPolicy", "Never");
    ObjectNode main = container(pod, 0).put("restartPolicy", "Never");
    ObjectNode rule = main.putArray("restartPolicyRules").addObject().put("action", "Restart");
    rule.putObject("exitCodes").put("operator", "In").putArray("values").add(42);
    ObjectKey key = node.run(pod);
    JsonNode waits = node.awaitPod(key, p -> TestNode.waiting(p).equals("CrashLoopBackOff"));
    assertThat(status(waits).path("restartCount").asInt()).isEqualTo(1);
    node.await(() ->
        node.events().stream().anyMatch(e -> e.startsWith("BackOff: Back-off restarting failed")));
  }

  @Test
  void aContainerThatIsNotToComeBackEndsItsPodWhateverThatSays() {
    ObjectNode pod = pod("once", IMAGE, "exit", "3");
    container(pod, 0).put("restartPolicy", "Never");
    JsonNode failed = node.awaitPhase(node.run(pod), "Failed");
    assertThat(status(failed).path("restartCount").asInt(9)).isZero();
    assertThat(
            failed
                .at("/status/conditions")
                .valueStream()
                .filter(c -> c.path("type").asString("").equals("Ready"))
                .map(c -> c.path("reason").asString("")))
        .containsExactly("PodFailed");
  }

  @Test
  void sidecarsEndAfterTheOthersTheLastFirst() {
    ObjectNode pod = pod("sided", IMAGE, "wait");
    for (String name : List.of("one", "two")) {
      ObjectNode sidecar = spec(pod).withArray("initContainers").addObject();
      sidecar.put("name", name).put("image", IMAGE).put("restartPolicy", "Always");
      sidecar.putArray("command").add("wait");
    }
    spec(pod).put("terminationGracePeriodSeconds", 30);
    ObjectNode hook = container(pod, 0).putObject("lifecycle").putObject("preStop");
    hook.putObject("sleep").put("seconds", 1);
    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    List<String> changes = new CopyOnWriteArrayList<>();
    var subscription =
        runtime.onChange(
            new RuntimeListener() {
              @Override
              public void changed(RuntimeChange change) {
                changes.add(change.labels().getOrDefault(PodLabels.CONTAINER, "sandbox"));
              }

              @Override
              public void missedSome() {}
            });
    node.delete(key);
    node.awaitGone(key);
    subscription.close();
    assertThat(changes).startsWith("main", "two", "one");
  }

  @Test
  void aReadyPodStaysReadyWhileTheAgentIsRestarted() throws Exception {
    Semaphore asked = new Semaphore(0);
    CountDownLatch end = new CountDownLatch(1);
    Semaphore answers = new Semaphore(1);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext(
        "/",
        exchange -> {
          asked.release();
          try {
            if (!answers.tryAcquire()) {
              end.await();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      ObjectNode pod = pod("web", IMAGE, "wait");
      ObjectNode readiness = container(pod, 0).putObject("readinessProbe");
      readiness.put("periodSeconds", 3600).put("timeoutSeconds", 60);
      readiness
          .putObject("httpGet")
          .put("host", "127.0.0.1")
          .put("port", server.getAddress().getPort());
      ObjectKey key = node.run(pod);
      node.awaitReady(key);
      node.restart();
      assertThat(asked.tryAcquire(2, 30, TimeUnit.SECONDS)).as("asked again").isTrue();
      node.awaitReady(node.run(pod("other", IMAGE, "wait")));
      assertThat(TestNode.condition(node.client.get(key).orThrow().tree(), "Ready"))
          .isEqualTo("True");
      assertThat(runtime.containers(Map.of())).extracting(Container::state).hasSize(2);
    } finally {
      end.countDown();
      server.stop(0);
    }
  }

  @Test
  void aPodIsDeletedAlthoughItsImageIsBeingFetched() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    runtime
        .images()
        .publish(
            "slow:1",
            () -> {
              begun.countDown();
              end.await();
            });
    try {
      ObjectKey key = node.run(pod("slow", "slow:1", "wait"));
      assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
      node.delete(key);
      node.awaitGone(key);
    } finally {
      end.countDown();
    }
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
    Path records = ImagePulls.folder(data);
    Eventually.holds(
        () -> files(records.resolve("pulled")) == 1 && files(records.resolve("pulling")) == 0);
  }

  private static long files(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  @Test
  void aPodIsDeletedAlthoughAHookHangs() {
    ObjectNode pod = pod("hooked", IMAGE, "wait");
    ObjectNode hook = container(pod, 0).putObject("lifecycle").putObject("postStart");
    hook.putObject("sleep").put("seconds", 3600);
    ObjectKey key = node.run(pod);
    node.await(() -> node.events().stream().anyMatch(e -> e.startsWith("Started:")));
    node.delete(key);
    node.awaitGone(key);
  }
}

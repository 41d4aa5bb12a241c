package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static dev.argosy.agent.pod.sync.TestNode.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.argosy.agent.Eventually;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
final class PodScenariosTest {

  private static final String IMAGE = "busybox:1";

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final TestNode.FakeNetwork network = new TestNode.FakeNetwork();
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    node = new TestNode("n1", runtime, network, data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aPodRunsAndIsReady() {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    JsonNode pod = node.awaitReady(key);

    assertThat(pod.path("status").path("phase").asString("")).isEqualTo("Running");
    assertThat(pod.path("status").path("podIP").asString("")).startsWith("10.244.0.");
    assertThat(pod.path("status").path("hostIP").asString("")).isEqualTo("192.0.2.10");
    assertThat(status(pod).path("containerID").asString("")).startsWith("fake://");
    for (String type :
        new String[] {
          "PodScheduled", "Initialized", "ContainersReady", "PodReadyToStartContainers"
        }) {
      assertThat(TestNode.condition(pod, type)).isEqualTo("True");
    }
    node.await(() ->
        node.events().stream().anyMatch(e -> e.startsWith("Started:"))
            && node.events().stream().anyMatch(e -> e.startsWith("Created:")));
  }

  @Test
  void anEphemeralContainerRunsOnceBesideTheOthers() {
    ObjectNode pod = pod("debugged", IMAGE, "wait");
    ObjectNode debugger = spec(pod).putArray("ephemeralContainers").addObject();
    debugger.put("name", "debugger").put("image", IMAGE).put("targetContainerName", "main");
    debugger.putArray("command").add("exit").add("3");
    String main = container(pod, 0).path("name").asString("");
    debugger.put("targetContainerName", main);
    ObjectKey key = node.run(pod);
    JsonNode seen =
        node.awaitPod(
            key,
            p ->
                p.path("status")
                    .path("ephemeralContainerStatuses")
                    .path(0)
                    .path("state")
                    .has("terminated"));
    JsonNode status = seen.path("status").path("ephemeralContainerStatuses").path(0);
    assertThat(status.path("name").asString()).isEqualTo("debugger");
    assertThat(status.path("restartCount").asInt()).isZero();
    assertThat(status.path("state").path("terminated").path("exitCode").asInt()).isEqualTo(3);
    node.awaitReady(key);
  }

  @Test
  void aDeletedPodIsStoppedThenGone() throws Exception {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    node.awaitReady(key);
    node.delete(key);
    node.awaitGone(key);
    assertThat(runtime.containers(Map.of())).isEmpty();
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
    node.await(() -> node.events().stream().anyMatch(e -> e.startsWith("Killing:")));
  }

  @Test
  void aCrashingContainerIsRestartedOnceThenBacksOff() {
    ObjectKey key = node.run(pod("crash", IMAGE, "exit", "1"));
    JsonNode pod = node.awaitPod(key, p -> waiting(p).equals("CrashLoopBackOff"));
    assertThat(status(pod).path("restartCount").asInt(0)).isEqualTo(1);
    JsonNode last = status(pod).path("lastState").path("terminated");
    assertThat(last.path("exitCode").asInt(0)).isEqualTo(1);
    assertThat(last.path("reason").asString("")).isEqualTo("Error");
  }

  @Test
  void aMissingImageIsReportedAndTriedAgain() {
    ObjectKey key = node.run(pod("typo", "no/such:1", "wait"));
    node.awaitPod(key, p -> waiting(p).equals("ImagePullBackOff"));
    assertThat(runtime.images().pulls()).isEqualTo(1);
    node.await(
        () -> node.events().stream().anyMatch(e -> e.startsWith("Failed: Failed to pull image")));
  }

  @Test
  void anImageThatMustNotBePulledIsReported() {
    ObjectNode pod = pod("never", "no/such:1", "wait");
    container(pod, 0).put("imagePullPolicy", "Never");
    node.awaitPod(node.run(pod), p -> waiting(p).equals("ErrImageNeverPull"));
  }

  @Test
  void aMissingConfigMapIsWaitedFor() {
    ObjectNode pod = pod("conf", IMAGE, "wait");
    ObjectNode env = container(pod, 0).putArray("env").addObject().put("name", "A");
    env.putObject("valueFrom").putObject("configMapKeyRef").put("name", "conf").put("key", "a");
    ObjectKey key = node.run(pod);
    node.awaitPod(key, p -> waiting(p).equals("CreateContainerConfigError"));

    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", "conf").put("namespace", "default");
    map.putObject("data").put("a", "1");
    node.create("configmaps", map);
    node.awaitReady(key);
  }

  @Test
  void aMemoryKillIsNamed() {
    ObjectNode pod = pod("hungry", IMAGE, "oom");
    spec(pod).put("restartPolicy", "Never");
    JsonNode failed = node.awaitPhase(node.run(pod), "Failed");
    assertThat(status(failed).path("state").path("terminated").path("reason").asString(""))
        .isEqualTo("OOMKilled");
  }

  @Test
  void aCompletedPodSucceedsAndKeepsItsLogs() throws Exception {
    ObjectNode pod = pod("job", IMAGE, "print", "done", "", "0");
    spec(pod).put("restartPolicy", "OnFailure");
    JsonNode done = node.awaitPhase(node.run(pod), "Succeeded");
    assertThat(status(done).path("state").path("terminated").path("reason").asString(""))
        .isEqualTo("Completed");
    assertThat(TestNode.condition(done, "Ready")).isEqualTo("False");
    Eventually.holds(() -> runtime.sandboxes(Map.of()).isEmpty());
    assertThat(runtime.containers(Map.of())).hasSize(1);
  }

  @Test
  void initContainersRunOneAfterTheOtherBeforeTheRest() {
    ObjectNode pod = pod("init", IMAGE, "wait");
    for (String name : new String[] {"first", "second"}) {
      ObjectNode init = spec(pod).withArray("initContainers").addObject();
      init.put("name", name).put("image", IMAGE).putArray("command").add("exit").add("0");
    }
    JsonNode ready = node.awaitReady(node.run(pod));
    JsonNode inits = ready.path("status").path("initContainerStatuses");
    assertThat(inits.path(1).path("state").path("terminated").path("exitCode").asInt(9)).isZero();
    assertThat(inits.path(1).path("ready").asBoolean(false)).isTrue();
  }

  @Test
  void aPodThatIsActiveForTooLongIsEnded() throws Exception {
    ObjectNode pod = pod("slow", IMAGE, "wait");
    spec(pod).put("activeDeadlineSeconds", 1);
    JsonNode failed = node.awaitPhase(node.run(pod), "Failed");
    assertThat(failed.path("status").path("reason").asString("")).isEqualTo("DeadlineExceeded");
    Eventually.holds(() -> runtime.sandboxes(Map.of()).isEmpty());
  }

  @Test
  void theEndOfALogIsTheMessageWhereThatIsAskedFor() {
    ObjectNode pod = pod("wordy", IMAGE, "print", "why", "", "3");
    spec(pod).put("restartPolicy", "Never");
    container(pod, 0).put("terminationMessagePolicy", "FallbackToLogsOnError");
    JsonNode failed = node.awaitPhase(node.run(pod), "Failed");
    assertThat(status(failed).path("state").path("terminated").path("message").asString(""))
        .isEqualTo("why\n");
  }

  @Test
  void whatWaitsForInitContainersSaysSo() {
    ObjectNode pod = pod("init", IMAGE, "wait");
    for (String name : new String[] {"first", "second"}) {
      ObjectNode init = spec(pod).withArray("initContainers").addObject();
      init.put("name", name).put("image", IMAGE).putArray("command").add("wait");
    }
    JsonNode begun =
        node.awaitPod(
            node.run(pod), p -> p.at("/status/initContainerStatuses/0/state").has("running"));
    assertThat(begun.at("/status/initContainerStatuses/1/state/waiting/reason").asString(""))
        .isEqualTo("PodInitializing");
    assertThat(waiting(begun)).isEqualTo("PodInitializing");
  }

  @Test
  void aRestartedAgentAdoptsWhatRuns() throws Exception {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    node.awaitReady(key);
    String before = runtime.containers(Map.of()).getFirst().id();
    node.restart();
    node.awaitReady(key);
    assertThat(runtime.containers(Map.of())).extracting(Container::id).containsExactly(before);
  }

  @Test
  void aLostEngineIsWaitedForAndPodsGoOn() throws Exception {
    ObjectKey first = node.run(pod("first", IMAGE, "wait"));
    node.awaitReady(first);
    runtime.setUp(false);
    ObjectKey second = node.run(pod("second", IMAGE, "wait"));
    runtime.setUp(true);
    node.awaitReady(second);
    assertThat(runtime.containers(Map.of())).hasSize(2);
  }

  @Test
  void aLostSandboxIsMadeAgainWithItsContainers() throws Exception {
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    node.awaitReady(key);
    runtime.stopSandbox(runtime.sandboxes(Map.of()).getFirst().id());
    JsonNode pod =
        node.awaitPod(
            key,
            p ->
                status(p).path("restartCount").asInt(0) == 1
                    && TestNode.condition(p, "Ready").equals("True"));
    assertThat(pod.path("status").path("phase").asString("")).isEqualTo("Running");
    assertThat(runtime.sandboxes(Map.of())).hasSize(1);
  }

  private static ObjectNode exec(ObjectNode handler, String... command) {
    for (String word : command) {
      handler.withObject("exec").withArray("command").add(word);
    }
    return handler;
  }

  @Test
  void aContainerThatFailsItsLivenessProbeIsRestarted() {
    ObjectNode pod = pod("sick", IMAGE, "wait");
    ObjectNode liveness = exec(container(pod, 0).putObject("livenessProbe"), "exit", "1");
    liveness.put("periodSeconds", 1).put("failureThreshold", 1);
    ObjectKey key = node.run(pod);
    node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
    node.await(() ->
        node.events().contains("Killing: Container main failed liveness probe, will be restarted"));
    assertThat(node.events()).anyMatch(e -> e.startsWith("Unhealthy: Liveness probe failed"));
  }

  @Test
  void aContainerThatNeverStartsUpIsRestartedAndNotReady() {
    ObjectNode pod = pod("slow", IMAGE, "wait");
    ObjectNode startup = exec(container(pod, 0).putObject("startupProbe"), "exit", "1");
    startup.put("periodSeconds", 1).put("failureThreshold", 1);
    ObjectKey key = node.run(pod);
    JsonNode restarted = node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
    assertThat(status(restarted).path("started").asBoolean(true)).isFalse();
    node.await(() ->
        node.events().contains("Killing: Container main failed startup probe, will be restarted"));
  }

  @Test
  void readinessAsksPortsAndHostsByHttpAndTcp() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    AtomicInteger code = new AtomicInteger(503);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(code.get(), -1);
          exchange.close();
        });
    server.start();
    try {
      ObjectNode pod = pod("web", IMAGE, "wait");
      ObjectNode main = container(pod, 0);
      int port = server.getAddress().getPort();
      main.putArray("ports").addObject().put("name", "web").put("containerPort", port);
      ObjectNode readiness = main.putObject("readinessProbe").put("periodSeconds", 1);
      readiness.putObject("httpGet").put("host", "127.0.0.1").put("port", "web");
      ObjectNode liveness = main.putObject("livenessProbe").put("periodSeconds", 1);
      liveness.putObject("tcpSocket").put("host", "127.0.0.1").put("port", port);
      ObjectKey key = node.run(pod);
      node.await(() ->
          node.events()
              .contains(
                  "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503"));
      assertThat(TestNode.condition(node.client.get(key).orThrow().tree(), "Ready"))
          .isEqualTo("False");
      code.set(200);
      node.awaitReady(key);
      code.set(500);
      node.awaitPod(key, p -> TestNode.condition(p, "Ready").equals("False"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aFailedPostStartHookEndsItsContainer() {
    ObjectNode pod = pod("hooked", IMAGE, "wait");
    spec(pod).put("restartPolicy", "Never");
    exec(container(pod, 0).putObject("lifecycle").putObject("postStart"), "exit", "1");
    ObjectKey key = node.run(pod);
    node.awaitPod(key, p -> !status(p).path("state").path("terminated").isMissingNode());
    node.await(() -> node.events().contains("Killing: Container main failed its postStart hook"));
    assertThat(node.events()).anyMatch(e -> e.startsWith("FailedPostStartHook: "));
  }

  @Test
  void aPreStopHookGoesBeforeTheEndAndItsFailureIsTold() {
    ObjectNode pod = pod("hooked", IMAGE, "wait");
    exec(container(pod, 0).putObject("lifecycle").putObject("preStop"), "exit", "1");
    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    node.delete(key);
    node.awaitGone(key);
    node.await(() -> node.events().stream().anyMatch(e -> e.startsWith("FailedPreStopHook: ")));
  }

  @Test
  void aSandboxThatWasNotConnectedIsConnectedBeforeItsContainersStart() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    network.failNext(() -> {
      runtime.setUp(false);
      lost.countDown();
    });
    ObjectKey key = node.run(pod("web", IMAGE, "wait"));
    assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();
    runtime.setUp(true);
    JsonNode ready = node.awaitReady(key);
    assertThat(ready.path("status").path("podIP").asString("")).startsWith("10.244.0.");
  }

  @Test
  void nothingOfADeletedPodStays() throws Exception {
    ObjectKey key = node.run(pod("restarted", IMAGE, "wait"));
    node.awaitReady(key);
    runtime.end(runtime.containers(Map.of()).getFirst().id(), 1);
    node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
    assertThat(runtime.containers(Map.of())).hasSize(2);
    node.delete(key);
    node.awaitGone(key);
    assertThat(runtime.containers(Map.of())).isEmpty();
    assertThat(data.resolve("pods")).isEmptyDirectory();
  }
}

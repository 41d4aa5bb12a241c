package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static dev.argosy.agent.pod.sync.TestNode.waiting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.command.Commands;
import dev.argosy.agent.network.hostport.PublishedPorts;
import dev.argosy.agent.network.pod.NodeRules;
import dev.argosy.agent.network.pod.VethNetwork;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerStreams.ExecRequest;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods on a real engine with a real network. */
@Timeout(120)
class DockerPodsTest {

  private static final String CLUSTER_SUBNET = "10.211.0.0/16";
  private static final String TABLE = "argosy_test_pods";

  /** The machine's own end of each pod's link. */
  private static final String GATEWAY = "169.254.1.1";

  private static final String SUBNET = "10.211.7.0/24";

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private final NodeRules rules = new NodeRules(CLUSTER_SUBNET, SUBNET, TABLE);
  private ContainerRuntime runtime;
  private TestNode node;

  /** A runtime that sees only what this run makes. */
  ContainerRuntime connect(String agent) {
    return TestDocker.connect(agent);
  }

  @BeforeEach
  void start() {
    runtime = connect(run);
    rules.apply();
    node =
        new TestNode(
            run,
            runtime,
            new VethNetwork(
                SUBNET,
                data.resolve("addresses"),
                "127.0.0.1",
                1400,
                new PublishedPorts(List.of("nft"), TABLE + "_ports", "127.0.0.1")),
            data);
  }

  @AfterEach
  void stop() throws RuntimeFailure {
    node.close();
    for (Container one : runtime.containers(Map.of())) {
      runtime.removeContainer(one.id());
    }
    for (Sandbox one : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(one.id());
    }
    rules.remove();
    Commands.run(List.of("nft", "delete", "table", "ip", TABLE + "_ports"));
    runtime.close();
    assertThat(Commands.run(List.of("iptables-save")).output()).doesNotContain(CLUSTER_SUBNET);
    assertThat(Commands.run(List.of("nft", "list", "tables")).output()).doesNotContain(TABLE);
    Eventually.holds(() ->
        Commands.run(List.of("ip", "route"))
            .output()
            .lines()
            .noneMatch(route -> route.startsWith("10.211.7.")));
  }

  private String exec(ObjectKey pod, String... command) throws Exception {
    String uid = node.client.get(pod).orThrow().meta().uid();
    String id =
        runtime.containers(Map.of("io.kubernetes.pod.uid", uid)).stream()
            .filter(c -> c.state() instanceof Container.Running)
            .findFirst()
            .orElseThrow()
            .id();
    try (ProcessStreams process =
        runtime.streams().exec(id, new ExecRequest(List.of(command), false, true, false, false))) {
      return new String(process.stdout().readAllBytes(), UTF_8).strip();
    }
  }

  @Test
  void aRunningPodGetsOtherResources() throws Exception {
    ObjectNode pod = pod("sized", TestDocker.IMAGE, "sleep", "600");
    ObjectNode resources = container(pod, 0).putObject("resources");
    resources.putObject("requests").put("cpu", "100m").put("memory", "32Mi");
    resources.putObject("limits").put("cpu", "200m").put("memory", "32Mi");
    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    assertThat(memoryLimit(key)).isEqualTo(Long.toString(32L << 20));
    for (long mebibytes : new long[] {64, 16}) {
      resources.withObject("/limits").put("cpu", mebibytes + "0m").put("memory", mebibytes + "Mi");
      resources.withObject("/requests").put("memory", mebibytes + "Mi");
      ObjectNode body = Json.object();
      body.putObject("spec").set("containers", pod.at("/spec/containers"));
      node.client.patch(key, "", Patch.merge(body)).orThrow();
      node.awaitPod(key, p -> TestNode.status(p).path("resources").equals(resources));
      assertThat(memoryLimit(key)).isEqualTo(Long.toString(mebibytes << 20));
    }
    JsonNode now = node.awaitReady(key);
    assertThat(TestNode.status(now).path("restartCount").asInt(9)).isZero();
  }

  private String memoryLimit(ObjectKey pod) throws Exception {
    return exec(
        pod,
        "sh",
        "-c",
        "cat /sys/fs/cgroup/memory.max 2>/dev/null"
            + " || cat /sys/fs/cgroup/memory/memory.limit_in_bytes");
  }

  @Test
  void podsReachEachOtherAndTheNodeReachesThem() throws Exception {
    ObjectNode server = pod("server", TestDocker.IMAGE, "httpd", "-f", "-p", "8080", "-h", "/etc");
    ObjectNode port = container(server, 0).putArray("ports").addObject();
    port.put("containerPort", 8080).put("hostPort", 18080);
    ObjectNode probe = container(server, 0).putObject("readinessProbe");
    probe.put("periodSeconds", 1);
    probe.putObject("httpGet").put("path", "/passwd").put("port", 8080);
    ObjectKey key = node.run(server);
    String ip = node.awaitReady(key).path("status").path("podIP").asString("");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ip, 8080), 5000);
    }

    ObjectKey client = node.run(pod("client", TestDocker.IMAGE, "sleep", "600"));
    node.awaitReady(client);
    assertThat(exec(client, "wget", "-q", "-O", "-", "http://" + ip + ":8080/passwd"))
        .contains("root");
    assertThat(exec(client, "wget", "-q", "-O", "-", "http://" + GATEWAY + ":18080/passwd"))
        .contains("root");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(GATEWAY, 18080), 5000);
    }
    assertThat(exec(client, "hostname")).isEqualTo("client");
    assertThat(exec(client, "cat", "/etc/resolv.conf"))
        .contains("nameserver 169.254.20.10")
        .contains("search default.svc.cluster.local svc.cluster.local cluster.local");
  }

  @Test
  void environmentAndVolumesComeFromTheApi() throws Exception {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", "conf").put("namespace", "default");
    map.putObject("data").put("greeting", "hello").put("other", "x");
    ObjectKey mapKey = node.create("configmaps", map);

    ObjectNode pod = pod("app", TestDocker.IMAGE, "sleep", "600");
    spec(pod)
        .withArray("volumes")
        .addObject()
        .put("name", "conf")
        .putObject("configMap")
        .put("name", "conf");
    spec(pod).withArray("volumes").addObject().put("name", "scratch").putObject("emptyDir");
    ObjectNode main = container(pod, 0);
    main.withArray("volumeMounts").addObject().put("name", "conf").put("mountPath", "/conf");
    main.withArray("volumeMounts").addObject().put("name", "scratch").put("mountPath", "/scratch");
    main.withArray("env").addObject().put("name", "WHO").put("value", "world");
    main.withArray("env").addObject().put("name", "TEXT").put("value", "$(WHO)!");
    main.withArray("env")
        .addObject()
        .put("name", "IP")
        .putObject("valueFrom")
        .putObject("fieldRef")
        .put("fieldPath", "status.podIP");
    main.withArray("envFrom")
        .addObject()
        .put("prefix", "C_")
        .putObject("configMapRef")
        .put("name", "conf");
    ObjectKey key = node.run(pod);
    JsonNode ready = node.awaitReady(key);

    assertThat(exec(key, "cat", "/conf/greeting")).isEqualTo("hello");
    assertThat(exec(key, "sh", "-c", "echo $TEXT $C_greeting $IP $KUBERNETES_SERVICE_HOST"))
        .isEqualTo(
            "world! hello " + ready.path("status").path("podIP").asString("") + " 10.96.0.1");
    assertThat(exec(key, "sh", "-c", "echo kept > /scratch/file; cat /scratch/file"))
        .isEqualTo("kept");

    ObjectNode change = Json.object();
    change.putObject("data").put("greeting", "goodbye").putNull("other");
    node.client.patch(mapKey, "", Patch.merge(change)).orThrow();
    assertThat(exec(key, "readlink", "/conf/greeting")).isEqualTo("..data/greeting");
  }

  @Test
  void aCrashLoopAMemoryKillAndAMissingImageAreNamed() throws Exception {
    ObjectKey crash = node.run(pod("crash", TestDocker.IMAGE, "sh", "-c", "exit 3"));
    // The engine forgets a kill that it hears of only after the end, so the shell outlives it.
    String eat = "dd if=/dev/zero of=/dev/null bs=200M; code=$?; sleep 1; exit $code";
    ObjectNode hungry = pod("hungry", TestDocker.IMAGE, "sh", "-c", eat);
    spec(hungry).put("restartPolicy", "Never");
    container(hungry, 0).putObject("resources").putObject("limits").put("memory", "16Mi");
    ObjectKey killed = node.run(hungry);
    ObjectKey typo = node.run(pod("typo", "argosy-test/no-such-image:1", "true"));
    ObjectKey missing = node.run(pod("missing", TestDocker.IMAGE, "/no/such/program"));

    JsonNode crashed = node.awaitPod(crash, p -> waiting(p).equals("CrashLoopBackOff"));
    assertThat(status(crashed).path("lastState").path("terminated").path("exitCode").asInt(0))
        .isEqualTo(3);
    JsonNode failed = node.awaitPhase(killed, "Failed");
    assertThat(status(failed).path("state").path("terminated").path("reason").asString(""))
        .isEqualTo("OOMKilled");
    node.awaitPod(
        missing,
        p -> waiting(p).equals("CrashLoopBackOff") || waiting(p).equals("RunContainerError"));
    node.awaitPod(typo, p -> waiting(p).equals("ImagePullBackOff"));
  }

  @Test
  void aRestartedAgentLeavesPodsAloneAndADeletedPodGoes() throws Exception {
    ObjectKey key = node.run(pod("web", TestDocker.IMAGE, "sleep", "600"));
    String ip = node.awaitReady(key).path("status").path("podIP").asString("");
    String before = runtime.containers(Map.of()).getFirst().id();
    node.restart();
    JsonNode after = node.awaitReady(key);
    assertThat(runtime.containers(Map.of())).extracting(Container::id).containsExactly(before);
    assertThat(after.path("status").path("podIP").asString("")).isEqualTo(ip);

    node.delete(key);
    node.awaitGone(key);
    assertThat(runtime.containers(Map.of())).isEmpty();
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
  }

  @Test
  void probesAndHooksRunInAndAroundContainers() throws Exception {
    ObjectNode pod = pod("probed", TestDocker.IMAGE, "httpd", "-f", "-p", "8080", "-h", "/etc");
    spec(pod).put("terminationGracePeriodSeconds", 5);
    ObjectNode shared = spec(pod).withArray("volumes").addObject().put("name", "out");
    Path out = data.resolve("out");
    shared.putObject("hostPath").put("path", out.toString()).put("type", "DirectoryOrCreate");
    ObjectNode main = container(pod, 0);
    main.withArray("volumeMounts").addObject().put("name", "out").put("mountPath", "/out");
    ObjectNode hooks = main.putObject("lifecycle");
    command(hooks.putObject("postStart").putObject("exec"), "touch /out/began /out/healthy");
    command(hooks.putObject("preStop").putObject("exec"), "touch /out/ended");
    ObjectNode startup = main.putObject("startupProbe").put("periodSeconds", 1);
    startup.putObject("tcpSocket").put("port", 8080);
    ObjectNode readiness = main.putObject("readinessProbe").put("periodSeconds", 1);
    readiness.putObject("httpGet").put("path", "/passwd").put("port", 8080);
    ObjectNode liveness = main.putObject("livenessProbe").put("periodSeconds", 1);
    liveness.put("failureThreshold", 1);
    command(liveness.putObject("exec"), "test -e /out/healthy");

    ObjectKey key = node.run(pod);
    node.awaitReady(key);
    assertThat(out.resolve("began")).exists();
    Files.delete(out.resolve("healthy"));
    node.awaitPod(key, p -> status(p).path("restartCount").asInt(0) == 1);
    assertThat(out.resolve("ended")).exists();
    node.awaitReady(key);
  }

  private static void command(ObjectNode exec, String script) {
    exec.withArray("command").add("sh").add("-c").add(script);
  }
}

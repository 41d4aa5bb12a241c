package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static dev.argosy.agent.pod.sync.TestNode.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.TestDocker;
import dev.argosy.agent.device.Grant;
import dev.argosy.agent.device.PodDevices;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told of pods that a real engine cannot run as they are: a reason, and an event once. */
@Timeout(120)
class DockerTroublesTest {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String START = "RunContainerError|CrashLoopBackOff";

  /** An event that there shall be one of: its reason, and what is in its message. */
  private record Word(String reason, String part) {}

  /**
   * A pod that cannot run.
   *
   * @param reasons that its container may wait for, as a pattern
   */
  private record Case(String name, String reasons, Consumer<ObjectNode> change, List<Word> words) {}

  private static Case of(
      String name, String reasons, Consumer<ObjectNode> change, String... failed) {
    return new Case(
        name, reasons, change, Arrays.stream(failed).map(f -> new Word("Failed", f)).toList());
  }

  private static final List<Case> CASES =
      List.of(
          of(
              "absent-image",
              "ImagePullBackOff",
              pod -> container(pod, 0).put("image", "argosy-test/no-such-image:1"),
              "Failed to pull image \"argosy-test/no-such-image:1\": ",
              "Error: ErrImagePull",
              "Error: ImagePullBackOff"),
          of(
              "absent-volume",
              "ImagePullBackOff",
              pod ->
                  mounted(pod, "/v")
                      .putObject("image")
                      .put("reference", "argosy-test/no-such-volume:1"),
              "Failed to pull image \"argosy-test/no-such-volume:1\": ",
              "Error: ErrImagePull",
              "Error: ImagePullBackOff"),
          of(
              "no-program",
              START,
              pod -> container(pod, 0).putArray("command").add("/no/such/program"),
              "unable to start container process: exec: \"/no/such/program\": "),
          of(
              "folder-on-file",
              START,
              pod -> mounted(pod, "/bin/busybox").putObject("emptyDir"),
              "not a directory"),
          of(
              "root",
              "CreateContainerConfigError",
              pod -> container(pod, 0).putObject("securityContext").put("runAsNonRoot", true),
              "Error: container has runAsNonRoot and image will run as root (pod: "),
          of("no-device", "CreateContainerError|" + START, pod -> {}, "/dev/none"),
          new Case(
              "refused-sysctl",
              "ContainerCreating",
              pod ->
                  spec(pod)
                      .withObject("/securityContext")
                      .withArray("sysctls")
                      .addObject()
                      .put("name", "net.ipv4.ip_local_port_range")
                      .put("value", "none"),
              List.of(new Word("FailedCreatePodSandBox", "Failed to create pod sandbox: "))),
          new Case(
              "no-host-folder",
              "ContainerCreating",
              pod ->
                  mounted(pod, "/v")
                      .putObject("hostPath")
                      .put("path", "/no/such/folder")
                      .put("type", "Directory"),
              List.of(new Word("FailedMount", "MountVolume.SetUp failed for volume \"v\" : "))));

  /** Gives it a volume at that place, to be filled in. */
  private static ObjectNode mounted(ObjectNode pod, String place) {
    container(pod, 0)
        .withArray("volumeMounts")
        .addObject()
        .put("name", "v")
        .put("mountPath", place);
    return spec(pod).withArray("volumes").addObject().put("name", "v");
  }

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private ContainerRuntime runtime;
  private TestNode node;

  /** A runtime that sees only what this run makes. */
  ContainerRuntime connect(String agent) {
    return TestDocker.connect(agent);
  }

  @BeforeEach
  void start() {
    runtime = connect(run);
    node = new TestNode(run, runtime, new TestNode.FakeNetwork(), data);
    Extras.Device none = new Extras.Device("/dev/none", "/dev/none", "rw");
    Extras extras = new Extras(List.of(none), Map.of(), List.of());
    Grant grant = new Grant(Map.of(), List.of(), extras, Map.of());
    node.devices =
        (pod, container) ->
            pod.key().name().equals("no-device") ? grant : PodDevices.NONE.of(pod, container);
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
    runtime.close();
  }

  /** Messages of events of a pod. */
  private List<String> told(String pod, Word word) {
    return node
        .client
        .list(
            ResourceScope.namespace(new GroupResource("", "events"), TestNode.CLUSTER, "default"),
            ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(event -> (JsonNode) event.tree())
        .filter(e -> e.at("/involvedObject/name").asString("").equals(pod))
        .filter(e -> e.path("reason").asString("").equals(word.reason))
        .map(e -> e.path("message").asString(""))
        .filter(message -> message.contains(word.part))
        .toList();
  }

  @Test
  void each_trouble_has_its_reason_and_is_told_once() {
    Map<Case, ObjectKey> pods = new LinkedHashMap<>();
    for (Case one : CASES) {
      ObjectNode pod = pod(one.name, TestDocker.IMAGE, "sleep", "600");
      one.change.accept(pod);
      pods.put(one, node.run(pod));
    }
    pods.forEach((one, key) -> {
      node.awaitPod(key, p -> waiting(p).matches(one.reasons));
      if (one.reasons.equals(START)) {
        String ended = "/lastState/terminated/reason";
        node.awaitPod(key, p -> status(p).at(ended).asString("").equals("StartError"));
      }
      for (Word word : one.words) {
        node.await(() -> !told(one.name, word).isEmpty());
        assertThat(told(one.name, word))
            .as("%s of %s", word, one.name)
            .hasSize(1)
            .noneMatch(message -> ID.matcher(message).find());
      }
    });
  }

  @Test
  void a_place_without_a_slash_is_below_the_root() {
    ObjectNode pod = pod("relative", TestDocker.IMAGE, "sh", "-ec", "echo x > /v/x; sleep 600");
    mounted(pod, "v").putObject("emptyDir");
    node.awaitReady(node.run(pod));
  }
}

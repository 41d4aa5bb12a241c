package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static dev.argosy.agent.pod.sync.TestNode.status;
import static dev.argosy.agent.pod.sync.TestNode.waiting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An image that cannot be had is told alike whether a container runs it or mounts it. */
@Timeout(60)
final class ImageTroublesTest {

  private static final String IMAGE = "busybox:1";
  private static final String PRIVATE = "reg.example.com/team/models:1";

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private TestNode node;

  @BeforeEach
  void start() {
    runtime.images().add(IMAGE);
    runtime.images().publish(PRIVATE, "team", "secret");
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** A pod that runs an image, or one that mounts it. */
  private static ObjectNode with(boolean mounted, String image, String policy) {
    if (!mounted) {
      ObjectNode pod = pod("web", image, "wait");
      container(pod, 0).put("imagePullPolicy", policy);
      return pod;
    }
    ObjectNode pod = pod("web", IMAGE, "wait");
    volume(pod, image, policy);
    ObjectNode mount = container(pod, 0).withArray("volumeMounts").addObject();
    mount.put("name", "v").put("mountPath", "/v");
    return pod;
  }

  private static void volume(ObjectNode pod, String image, String policy) {
    ObjectNode volume = spec(pod).withArray("volumes").addObject().put("name", "v");
    volume.putObject("image").put("reference", image).put("pullPolicy", policy);
  }

  private List<String> told() {
    List<String> fine = List.of("Pulling", "Pulled", "Created", "Started");
    return node.events().stream()
        .filter(e -> fine.stream().noneMatch(good -> e.startsWith(good + ":")))
        .toList();
  }

  private static String message(JsonNode pod) {
    return status(pod).at("/state/waiting/message").asString("");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_that_is_missing_is_waited_for(boolean mounted) {
    ObjectKey key = node.run(with(mounted, "no/such:1", "IfNotPresent"));
    JsonNode pod = node.awaitPod(key, p -> waiting(p).equals("ImagePullBackOff"));
    String why = "manifest for no/such:1 not found: manifest unknown";
    assertThat(message(pod))
        .isEqualTo("Back-off pulling image \"no/such:1\": ErrImagePull: " + why);
    node.await(() -> told().size() == 4);
    assertThat(told())
        .containsExactlyInAnyOrder(
            "Failed: Failed to pull image \"no/such:1\": " + why,
            "Failed: Error: ErrImagePull",
            "BackOff: Back-off pulling image \"no/such:1\"",
            "Failed: Error: ImagePullBackOff");
    assertThat(runtime.images().pulls()).isOne();
    assertThat(TestNode.condition(pod, "PodReadyToStartContainers")).isEqualTo("True");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_that_must_not_be_fetched_is_told(boolean mounted) {
    ObjectKey key = node.run(with(mounted, "no/such:1", "Never"));
    JsonNode pod = node.awaitPod(key, p -> waiting(p).equals("ErrImageNeverPull"));
    String why = "Container image \"no/such:1\" is not present with pull policy of Never";
    assertThat(message(pod)).isEqualTo(why);
    node.await(() -> told().size() == 2);
    assertThat(told()).contains("ErrImageNeverPull: " + why, "Failed: Error: ErrImageNeverPull");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_name_that_is_none_is_told(boolean mounted) {
    ObjectKey key = node.run(with(mounted, "Not//AName", "Always"));
    node.awaitPod(key, p -> waiting(p).equals("InvalidImageName"));
    node.await(() -> told().size() == 2);
    assertThat(told()).contains("Failed: Error: InvalidImageName");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_private_one_is_for_pods_with_its_secret(boolean mounted) {
    ObjectKey without = node.run(with(mounted, PRIVATE, "IfNotPresent"));
    node.awaitPod(without, p -> waiting(p).equals("ImagePullBackOff"));
    secret();
    ObjectNode pod = with(mounted, PRIVATE, "IfNotPresent");
    pod.withObject("/metadata").put("name", "with");
    spec(pod).putArray("imagePullSecrets").addObject().put("name", "key");
    node.awaitReady(node.run(pod));
  }

  private void secret() {
    ObjectNode auths = Json.object();
    auths.putObject("auths").putObject("reg.example.com").put("auth", base64("team:secret"));
    ObjectNode secret = Json.object();
    secret.put("apiVersion", "v1").put("kind", "Secret");
    secret.putObject("metadata").put("name", "key").put("namespace", "default");
    secret.put("type", "kubernetes.io/dockerconfigjson");
    secret.putObject("data").put(".dockerconfigjson", base64(auths.toString()));
    node.create("secrets", secret);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void one_that_no_container_mounts_may_be_missing() {
    ObjectNode pod = pod("web", IMAGE, "wait");
    volume(pod, "no/such:1", "Always");
    node.awaitReady(node.run(pod));
    assertThat(told()).isEmpty();
  }

  @Test
  void a_part_that_the_image_lacks_is_told() {
    runtime.images().publish("models:1");
    ObjectNode pod = with(true, "models:1", "IfNotPresent");
    ((ObjectNode) container(pod, 0).at("/volumeMounts/0")).put("subPath", "none");
    JsonNode seen = node.awaitPod(node.run(pod), p -> waiting(p).equals("CreateContainerError"));
    String why = "failed to mount image volume \"v\": the image has no \"none\"";
    assertThat(message(seen)).isEqualTo(why);
    node.await(() -> !told().isEmpty());
    assertThat(told()).containsExactly("Failed: Error: " + why);
  }

  @Test
  void a_restarted_agent_leaves_what_a_pod_mounts() {
    runtime.images().publish("models:1");
    ObjectKey key = node.run(with(true, "models:1", "Always"));
    node.awaitReady(key);
    node.restart();
    node.awaitReady(key);
    assertThat(runtime.images().pulls()).isOne();
    node.delete(key);
    node.awaitGone(key);
  }
}

package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods from a folder, and their mirrors. */
@Timeout(60)
final class StaticPodsTest {

  private static final String IMAGE = "busybox:1";
  private static final ObjectKey MIRROR =
      new ObjectKey(new GroupResource("", "pods"), "root", "default", "web-n1");

  @TempDir Path data;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private Path folder;
  private TestNode node;

  @BeforeEach
  void start() throws IOException {
    runtime.images().add(IMAGE);
    runtime.images().add("busybox:2");
    folder = Files.createDirectory(data.resolve("manifests"));
    node = new TestNode("n1", runtime, new TestNode.FakeNetwork(), data, Optional.of(folder));
    ObjectNode object = Json.object();
    object.put("apiVersion", "v1").put("kind", "Node").putObject("metadata").put("name", "n1");
    node.client
        .create(ResourceScope.cluster(new GroupResource("", "nodes"), "root"), object)
        .orThrow();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void write(String image) throws IOException {
    ObjectNode pod = TestNode.pod("web", image, "wait");
    Path next = data.resolve("next");
    Files.writeString(next, pod.toString());
    Files.move(next, folder.resolve("web.json"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private JsonNode awaitMirror(Predicate<JsonNode> wanted) {
    JsonNode[] last = {Json.object()};
    node.await(() -> {
      last[0] = node.client.get(MIRROR).orAbsent().map(ApiObject::tree).orElse(Json.object());
      return last[0].has("metadata") && wanted.test(last[0]);
    });
    return last[0];
  }

  private List<String> containers() throws Exception {
    return runtime.containers(Map.of()).stream().map(Container::image).toList();
  }

  private String images() throws Exception {
    return String.join(",", containers());
  }

  @Test
  void aFileRunsAndIsSeenInTheApi() throws Exception {
    write(IMAGE);
    JsonNode mirror = awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    JsonNode annotations = mirror.path("metadata").path("annotations");
    assertThat(annotations.path(PodView.CONFIG_SOURCE).asString()).isEqualTo("file");
    assertThat(annotations.path(PodView.CONFIG_MIRROR).asString())
        .isEqualTo(annotations.path(PodView.CONFIG_HASH).asString())
        .hasSize(32);
    JsonNode owner = mirror.path("metadata").path("ownerReferences").path(0);
    assertThat(owner.path("kind").asString()).isEqualTo("Node");
    assertThat(owner.path("uid").asString()).isNotEmpty();
    assertThat(mirror.path("status").path("phase").asString()).isEqualTo("Running");
    assertThat(containers()).hasSize(1);
  }

  @Test
  void aMirrorThatIsDeletedComesBackAndThePodGoesOn() throws Exception {
    write(IMAGE);
    JsonNode first = awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    String container = runtime.containers(Map.of()).getFirst().id();
    node.client.delete(MIRROR, DeleteOptions.DEFAULT).orThrow();
    JsonNode second =
        awaitMirror(p ->
            TestNode.condition(p, "Ready").equals("True")
                && !p.path("metadata").path("uid").equals(first.path("metadata").path("uid")));
    assertThat(second.path("status").path("containerStatuses").size()).isEqualTo(1);
    assertThat(runtime.containers(Map.of())).extracting(Container::id).containsExactly(container);
  }

  @Test
  void aChangedFileIsAnotherPodAndARemovedOneNone() throws Exception {
    write(IMAGE);
    awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    String hash = hash();
    write("busybox:2");
    awaitMirror(p -> !hashOf(p).equals(hash));
    awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    assertThat(runtime.containers(Map.of())).hasSize(1);
    Files.delete(folder.resolve("web.json"));
    node.awaitGone(MIRROR);
    Eventually.holds(() -> runtime.containers(Map.of()).isEmpty());
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
  }

  private String hash() {
    return hashOf(node.client.get(MIRROR).orThrow().tree());
  }

  private static String hashOf(JsonNode mirror) {
    return mirror.path("metadata").path("annotations").path(PodView.CONFIG_HASH).asString("");
  }

  @Test
  void theNextAgentKnowsItsPodsAgain() throws Exception {
    write(IMAGE);
    awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    String before = runtime.containers(Map.of()).getFirst().id();
    node.restart();
    awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    assertThat(runtime.containers(Map.of())).extracting(Container::id).containsExactly(before);
  }

  @Test
  void aBadFileKeepsNothingElseFromRunning() throws Exception {
    Files.writeString(folder.resolve("bad.yaml"), "kind: [");
    write(IMAGE);
    awaitMirror(p -> TestNode.condition(p, "Ready").equals("True"));
    Files.writeString(folder.resolve("web.json"), "{");
    node.awaitGone(MIRROR);
    Eventually.holds(() -> images().isEmpty());
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** The same API within the process. */
class LocalClientTest {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static final ResourceScope HERE = ResourceScope.namespace(MAPS, "acme", "default");
  private static final String WEB =
      """
      {"metadata":{"name":"scaled"},"spec":{"replicas":2,
       "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
       "spec":{"containers":[{"name":"c","image":"i"}]}}}}
      """;
  private static TestServer server;
  private static ApiClient admin;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    admin = server.admin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static ObjectNode map(String name, String value) {
    ObjectNode map = Json.object();
    map.putObject("metadata").put("name", name);
    map.putObject("data").put("v", value);
    return map;
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(MAPS, "acme", "default", name);
  }

  @Test
  void anObjectLives() throws InterruptedException {
    ApiObject made = admin.create(HERE, map("a", "1")).orThrow();
    assertThat(admin.get(key("a")).orThrow()).isEqualTo(made);
    assertThat(admin.create(HERE, map("a", "1")).refusedFor(Reason.ALREADY_EXISTS)).isTrue();
    ObjectNode changed = made.tree();
    changed.putObject("data").put("v", "2");
    ApiObject updated = admin.update(key("a"), changed.deepCopy()).orThrow();
    assertThat(updated.revision()).isGreaterThan(made.revision());
    assertThat(admin.update(key("a"), changed).refusedFor(Reason.CONFLICT)).isTrue();
    ObjectNode patch = Json.object();
    patch.putObject("data").put("v", "3");
    assertThat(
            admin.patch(key("a"), "", Patch.merge(patch)).orThrow().tree().at("/data/v").asString())
        .isEqualTo("3");
    try (var watch = admin.watch(HERE, WatchOptions.STATE_AND_CHANGES).orThrow()) {
      List<WatchEvent> first = watch.next();
      assertThat(first.getFirst()).isInstanceOf(WatchEvent.Added.class);
      assertThat(first.getLast())
          .isInstanceOfSatisfying(
              WatchEvent.Bookmark.class, b -> assertThat(b.initialEventsEnd()).isTrue());
      admin.delete(key("a"), DeleteOptions.DEFAULT).orThrow();
      assertThat(watch.next().getFirst()).isInstanceOf(WatchEvent.Deleted.class);
    }
    assertThat(admin.get(key("a")).orAbsent()).isEmpty();
  }

  @Test
  void toTryACreationLeavesNothing() {
    assertThat(admin.tryCreate(HERE, map("tried", "1")).orThrow().meta().uid()).isNotEmpty();
    assertThat(admin.get(key("tried")).refusedFor(Reason.NOT_FOUND)).isTrue();
    ApiClient nobody = server.server.clients().as(new UserInfo("nobody", "", List.of(), Map.of()));
    assertThat(nobody.tryCreate(HERE, map("tried", "1")).refusedFor(Reason.FORBIDDEN)).isTrue();
  }

  @Test
  void theSameAccessRules() {
    ApiClient nobody = server.server.clients().as(new UserInfo("nobody", "", List.of(), Map.of()));
    assertThat(nobody.get(key("x")).refusedFor(Reason.FORBIDDEN)).isTrue();
    assertThat(
            nobody
                .list(ResourceScope.everywhere(MAPS), ListOptions.EVERYTHING)
                .refusedFor(Reason.FORBIDDEN))
        .isTrue();
    assertThat(admin.get(new ObjectKey(MAPS, "none", "default", "x")).refusedFor(Reason.NOT_FOUND))
        .isTrue();
    assertThat(admin.list(HERE, ListOptions.fields("spec.no=1")).refusedFor(Reason.BAD_REQUEST))
        .isTrue();
  }

  @Test
  void overAllClusters() {
    admin.create(HERE, map("all", "1")).orThrow();
    admin.create(ResourceScope.namespace(MAPS, "root", "default"), map("all", "1")).orThrow();
    var list =
        admin
            .list(ResourceScope.everywhere(MAPS), ListOptions.fields("metadata.name=all"))
            .orThrow();
    assertThat(list.items()).extracting(ApiObject::cluster).containsExactly("acme", "root");
  }

  @Test
  void bindingAndStatus() {
    GroupResource pods = new GroupResource("", "pods");
    ResourceScope scope = ResourceScope.namespace(pods, "acme", "default");
    ObjectNode pod = Json.parse(PodRulesTest.pod("local", "").getBytes());
    admin.create(scope, pod).orThrow();
    ObjectKey key = new ObjectKey(pods, "acme", "default", "local");
    ObjectNode binding = Json.object();
    binding.putObject("metadata").put("name", "local");
    binding.putObject("target").put("kind", "Node").put("name", "n");
    admin.post(key, "binding", binding.deepCopy()).orThrow();
    assertThat(admin.post(key, "binding", binding).refusedFor(Reason.CONFLICT)).isTrue();
    ObjectNode status = admin.get(key).orThrow().tree();
    status.putObject("status").put("phase", "Running");
    assertThat(admin.updateStatus(key, status).orThrow().tree().at("/status/phase").asString())
        .isEqualTo("Running");
  }

  @Test
  void theScaleOfAWorkload() {
    GroupResource deployments = new GroupResource("apps", "deployments");
    ObjectNode web = Json.parse(WEB.getBytes(StandardCharsets.UTF_8));
    admin.create(ResourceScope.namespace(deployments, "acme", "default"), web).orThrow();
    ObjectKey key = new ObjectKey(deployments, "acme", "default", "scaled");
    ObjectNode scale = admin.get(key, "scale").orThrow();
    assertThat(scale.path("kind").asString()).isEqualTo("Scale");
    assertThat(scale.at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(scale.at("/status/selector").asString()).isEqualTo("app=web");
    scale.withObject("/spec").put("replicas", 3);
    admin.update(key, "scale", scale.deepCopy()).orThrow();
    assertThat(admin.get(key).orThrow().tree().at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(admin.update(key, "scale", scale).refusedFor(Reason.CONFLICT)).isTrue();
    assertThat(admin.get(key, "nothing").refusedFor(Reason.NOT_FOUND)).isTrue();
    assertThat(admin.get(key("x"), "scale").refusedFor(Reason.NOT_FOUND)).isTrue();
    ApiClient nobody = server.server.clients().as(new UserInfo("nobody", "", List.of(), Map.of()));
    assertThat(nobody.get(key, "scale").refusedFor(Reason.FORBIDDEN)).isTrue();
  }
}

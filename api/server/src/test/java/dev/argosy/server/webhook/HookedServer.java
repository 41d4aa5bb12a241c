package dev.argosy.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server with webhooks at URLs; each test begins with none in place. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HookedServer {

  static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";

  @TempDir static Path folder;
  HookServer hooks;
  TestServer server;
  TestClient client;

  @BeforeAll
  void start() throws Exception {
    hooks = new HookServer(folder);
    server = TestServer.start(Map.of("argosy.api.tenant-addresses", "127.0.0.0/8"), parts -> {});
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
  }

  @AfterEach
  void clean() {
    for (String all : List.of(Hooks.VALIDATING, Hooks.MUTATING)) {
      for (JsonNode one : client.get("/clusters/acme" + all).json().path("items")) {
        String name = one.path("metadata").path("name").asString("");
        assertThat(client.delete("/clusters/acme" + all + "/" + name, "").code()).isEqualTo(200);
      }
      String revision = client.get("/clusters/acme" + all).at("metadata.resourceVersion");
      await(all, Long.parseLong(revision));
    }
    client.delete(MAPS, "");
    hooks.forget();
  }

  @AfterAll
  void stop() {
    server.close();
    hooks.close();
  }

  /** Puts a configuration in place, and waits until writes would see it. */
  void install(Hooks configuration) {
    install("acme", configuration);
  }

  void install(String cluster, Hooks configuration) {
    String text = configuration.toString();
    String path = text.contains("\"MutatingWeb") ? Hooks.MUTATING : Hooks.VALIDATING;
    Answer made = client.post("/clusters/" + cluster + path, text);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    await(path, Long.parseLong(made.at("metadata.resourceVersion")));
  }

  void await(String path, long revision) {
    await(new GroupResource(HookSource.GROUP, path.substring(path.lastIndexOf('/') + 1)), revision);
  }

  void await(GroupResource resource, long revision) {
    assertThat(server.caches.of(resource).awaitRevision(revision, Duration.ofSeconds(10))).isTrue();
  }

  Hooks validating(String name, String path) throws Exception {
    return Hooks.validating(name).at(hooks.url(path), hooks.caBundle());
  }

  Hooks mutating(String name, String path) throws Exception {
    return Hooks.mutating(name).at(hooks.url(path), hooks.caBundle());
  }

  static String map(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"v\"}}";
  }
}

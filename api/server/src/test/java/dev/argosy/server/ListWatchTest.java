package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import dev.argosy.store.memory.MemoryStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rules of lists and watches that clients depend on. */
class ListWatchTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server = TestServer.start(Map.of("argosy.api.bookmark-interval", "PT0.2S"), parts -> {});
    client = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestClient.Answer make(String name, String labels) {
    return client.post(
        MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}}}");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(i -> names.add(i.path("metadata").path("name").asString("")));
    return names;
  }

  @Test
  void pages() {
    for (int i = 0; i < 5; i++) {
      make("m" + i, "");
    }
    var first = client.get(MAPS + "?limit=2");
    assertThat(names(first.json())).containsExactly("m0", "m1");
    assertThat(first.at("metadata.remainingItemCount")).isEqualTo("3");
    make("m1a", "");
    var second = client.get(MAPS + "?limit=2&continue=" + first.at("metadata.continue"));
    assertThat(names(second.json())).containsExactly("m2", "m3");
    assertThat(second.at("metadata.resourceVersion"))
        .isEqualTo(first.at("metadata.resourceVersion"));
    var third = client.get(MAPS + "?limit=2&continue=" + second.at("metadata.continue"));
    assertThat(names(third.json())).containsExactly("m4");
    assertThat(third.at("metadata.continue")).isEmpty();
    var other =
        client.get(
            "/clusters/acme/api/v1/namespaces/kube-system/configmaps?limit=2&continue="
                + first.at("metadata.continue"));
    assertThat(other.code()).isEqualTo(400);
  }

  @Test
  void revisions() {
    String before = make("a", "").at("metadata.resourceVersion");
    make("b", "");
    assertThat(
            names(
                client.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + before).json()))
        .containsExactly("a");
    assertThat(names(client.get(MAPS + "?limit=5&resourceVersion=" + before).json()))
        .containsExactly("a");
    assertThat(names(client.get(MAPS + "?resourceVersion=" + before).json()))
        .containsExactly("a", "b");
    assertThat(names(client.get(MAPS + "?resourceVersion=0").json())).containsExactly("a", "b");
    ((MemoryStore) server.store).compact(server.store.currentRevision());
    assertThat(client.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=1").code())
        .isEqualTo(410);
  }

  @Test
  void selectors() {
    make("a", "\"x\":\"1\"");
    make("b", "\"x\":\"2\"");
    assertThat(names(client.get(MAPS + "?labelSelector=x%3D1").json())).containsExactly("a");
    assertThat(names(client.get(MAPS + "?labelSelector=x%20in%20(1,2),!y").json()))
        .containsExactly("a", "b");
    assertThat(names(client.get(MAPS + "?fieldSelector=metadata.name%3Db").json()))
        .containsExactly("b");
    assertThat(
            names(
                client
                    .get(
                        "/clusters/acme/api/v1/configmaps?fieldSelector=metadata.namespace!%3Ddefault")
                    .json()))
        .isEmpty();
    assertThat(client.get(MAPS + "?labelSelector=x%3D9").json().path("items").isArray()).isTrue();
  }

  @Test
  void tables() {
    make("a", "");
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    var answer = client.get(MAPS, "Accept", table);
    assertThat(answer.at("kind")).isEqualTo("Table");
    assertThat(answer.at("columnDefinitions.0.name")).isEqualTo("Name");
    assertThat(answer.at("rows.0.cells.0")).isEqualTo("a");
    assertThat(answer.json().path("rows").path(0).path("cells").path(1).isNumber()).isTrue();
    assertThat(answer.at("rows.0.object.kind")).isEqualTo("PartialObjectMetadata");
    assertThat(
            client
                .get(MAPS + "?includeObject=None", "Accept", table)
                .json()
                .path("rows")
                .path(0)
                .has("object"))
        .isFalse();
    var metadata =
        client.get(
            MAPS, "Accept", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
    assertThat(metadata.at("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(metadata.at("items.0.metadata.name")).isEqualTo("a");
    try (TestStream watch = client.stream(MAPS + "?watch=1", "Accept", table)) {
      JsonNode first = watch.next().orElseThrow();
      assertThat(first.path("object").path("columnDefinitions").size()).isPositive();
      make("b", "");
      JsonNode second = watch.next().orElseThrow();
      assertThat(second.path("object").path("columnDefinitions").size()).isZero();
      assertThat(second.path("object").path("rows").path(0).path("cells").path(0).asString(""))
          .isEqualTo("b");
    }
  }

  @Test
  void everythingIsReadable() {
    make("a", "");
    assertThat(client.get(MAPS + "/a", "User-Agent", "curl/8").text()).contains("\n  \"kind\"");
    assertThat(client.get(MAPS + "?pretty=true").text()).contains("\n");
    assertThat(client.get(MAPS + "/a", "Accept", "application/yaml").text())
        .contains("kind: ConfigMap\n");
    String big = "x".repeat(200_000);
    client.post(MAPS, "{\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\"" + big + "\"}}");
    var zipped = client.get(MAPS, "Accept-Encoding", "gzip");
    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.response().body().length).isLessThan(50_000);
    assertThat(client.get(MAPS + "/a", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEmpty();
    assertThat(client.get(MAPS).text()).contains(big);
  }

  @Test
  void watchList() {
    make("a", "");
    try (TestStream watch =
        client.stream(
            MAPS
                + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
      JsonNode end = watch.next().orElseThrow();
      assertThat(end.path("type").asString("")).isEqualTo("BOOKMARK");
      assertThat(
              end.path("object")
                  .path("metadata")
                  .path("annotations")
                  .path("k8s.io/initial-events-end")
                  .asString(""))
          .isEqualTo("true");
      assertThat(end.path("object").path("kind").asString("")).isEqualTo("ConfigMap");
      JsonNode beat = watch.next().orElseThrow();
      assertThat(beat.path("type").asString("")).isEqualTo("BOOKMARK");
    }
  }

  @Test
  void leavingTheSelectionIsDeletion() {
    make("a", "\"x\":\"1\"");
    try (TestStream watch = client.stream(MAPS + "?watch=1&labelSelector=x%3D1")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
      client.patch(
          MAPS + "/a", "application/merge-patch+json", "{\"metadata\":{\"labels\":{\"x\":\"2\"}}}");
      JsonNode left = watch.next().orElseThrow();
      assertThat(left.path("type").asString("")).isEqualTo("DELETED");
      assertThat(left.path("object").path("metadata").path("labels").path("x").asString(""))
          .isEqualTo("1");
      assertThat(left.path("object").path("metadata").path("resourceVersion").asString(""))
          .isEqualTo(client.get(MAPS + "/a").at("metadata.resourceVersion"));
      client.patch(
          MAPS + "/a", "application/merge-patch+json", "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}");
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
    }
  }

  @Test
  void watchesEndInTime() {
    try (TestStream watch = client.stream(MAPS + "?watch=1&timeoutSeconds=1")) {
      assertThat(watch.next()).isEmpty();
    }
    try (TestStream watch =
        client.stream(
            "/clusters/acme/api/v1/watch/namespaces/default/configmaps?timeoutSeconds=1")) {
      assertThat(watch.next()).isEmpty();
    }
  }

  @Test
  void aRevisionThatIsGoneIsToldInTheStream() {
    for (int i = 0; i < 3; i++) {
      make("m" + i, "");
    }
    ((MemoryStore) server.store).compact(server.store.currentRevision());
    try (TestStream watch = client.stream(MAPS + "?watch=1&resourceVersion=1")) {
      assertThat(watch.code()).isEqualTo(200);
      JsonNode error = watch.next().orElseThrow();
      assertThat(error.path("type").asString("")).isEqualTo("ERROR");
      assertThat(error.path("object").path("code").asInt()).isEqualTo(410);
      assertThat(error.path("object").path("reason").asString("")).isEqualTo("Expired");
      assertThat(watch.next()).isEmpty();
    }
  }

  @Test
  void overAllClusters() {
    make("a", "");
    client.post(MAPS.replace("acme", "root"), "{\"metadata\":{\"name\":\"r\"}}");
    var all = client.get("/clusters/*/api/v1/configmaps");
    assertThat(names(all.json())).containsExactly("a", "r");
    assertThat(all.at("items.0.metadata.clusterName")).isEqualTo("acme");
    assertThat(all.at("items.1.metadata.clusterName")).isEqualTo("root");
    try (TestStream watch = client.stream("/clusters/*/api/v1/configmaps?watch=1")) {
      assertThat(
              watch
                  .next()
                  .orElseThrow()
                  .path("object")
                  .path("metadata")
                  .path("clusterName")
                  .asString(""))
          .isEqualTo("acme");
    }
    assertThat(client.get("/clusters/*/api/v1/namespaces/default/configmaps/a").code())
        .isEqualTo(400);
    assertThat(client.get(MAPS + "/a").json().path("metadata").has("clusterName")).isFalse();
  }

  @Test
  void podsOfANode() {
    String pods = "/clusters/acme/api/v1/namespaces/default/pods";
    client.post(pods, PodRulesTest.pod("p1", "\"nodeName\":\"n1\","));
    client.post(pods, PodRulesTest.pod("p2", "\"nodeName\":\"n2\","));
    assertThat(names(client.get("/clusters/*/api/v1/pods?fieldSelector=spec.nodeName%3Dn1").json()))
        .containsExactly("p1");
    try (TestStream watch =
        client.stream("/clusters/*/api/v1/pods?watch=1&fieldSelector=spec.nodeName%3Dn2")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED p2");
    }
  }

  @Test
  void aQuietWatchOutlivesTheIdleTimeout() throws IOException {
    try (TestServer impatient =
        TestServer.start(Map.of("argosy.api.idle-timeout", "PT1S"), parts -> {})) {
      for (HttpClient.Version version :
          new HttpClient.Version[] {HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2}) {
        HttpClient http = HttpClient.newBuilder().version(version).build();
        TestClient quiet =
            new TestClient(http, impatient.server.localUri(), FakeAccess.ADMIN_TOKEN);
        try (TestStream watch = quiet.stream(MAPS + "?watch=1&timeoutSeconds=20")) {
          awaitIdleTimeout(impatient.server.localUri());
          awaitIdleTimeout(impatient.server.localUri());
          String name = "late-" + version.name().toLowerCase(Locale.ROOT).replace('_', '-');
          impatient.client().post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}");
          String event = watch.nextShort();
          while (!event.equals("ADDED " + name)) {
            event = watch.nextShort();
            assertThat(event).startsWith("ADDED");
          }
        }
      }
    }
  }

  /** The server ends a silent connection when its idle timeout is over. */
  private static void awaitIdleTimeout(URI server) throws IOException {
    try (Socket silent = new Socket(server.getHost(), server.getPort())) {
      silent.setSoTimeout(20_000);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void watchesOverWebSocket() throws Exception {
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    URI watch = URI.create(server.server.localUri().toString().replace("http:", "ws:"));
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + FakeAccess.ADMIN_TOKEN)
            .buildAsync(watch.resolve(MAPS + "?watch=1"), new Messages(messages))
            .join();
    make("told", "");
    JsonNode event = Json.mapper().readTree(messages.poll(10, TimeUnit.SECONDS));
    assertThat(event.path("type").asString()).isEqualTo("ADDED");
    assertThat(event.path("object").path("metadata").path("name").asString()).isEqualTo("told");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(messages.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
  }

  private record Messages(BlockingQueue<String> queue) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      queue.add(text.toString());
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      queue.add("closed");
      return CompletableFuture.completedStage(null);
    }
  }
}

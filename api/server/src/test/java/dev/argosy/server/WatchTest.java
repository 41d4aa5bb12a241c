package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
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

/** The rules of watches that clients depend on. */
class WatchTest {

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

  @Test
  void aTokenMayStandAmongTheSubprotocols() {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(FakeAccess.ADMIN_TOKEN.getBytes(StandardCharsets.UTF_8));
    URI path =
        URI.create(server.server.localUri().toString().replace("http:", "ws:") + MAPS + "?watch=1");
    try (HttpClient http = HttpClient.newHttpClient()) {
      String bearer = "base64url.bearer.authorization.k8s.io.";
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols(bearer + token, "base64.binary.k8s.io")
              .buildAsync(path, new WebSocket.Listener() {})
              .join();
      assertThat(socket.getSubprotocol()).isEqualTo("base64.binary.k8s.io");
      socket.abort();
      for (String[] wrong :
          List.of(new String[] {bearer + token}, new String[] {bearer + "b3RoZXI", "x"})) {
        assertThatThrownBy(() ->
                http.newWebSocketBuilder()
                    .subprotocols(wrong[0], Arrays.copyOfRange(wrong, 1, wrong.length))
                    .buildAsync(path, new WebSocket.Listener() {})
                    .join())
            .rootCause()
            .hasMessageContaining("401");
      }
    }
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

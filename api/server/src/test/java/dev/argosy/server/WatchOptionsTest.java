package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

/** Every option of a watch. */
class WatchOptionsTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final String OLD = "/clusters/acme/api/v1/watch/namespaces/default/configmaps";
  private static final String INITIAL =
      "?watch=1&resourceVersionMatch=NotOlderThan&sendInitialEvents=";
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

  private String make(String name) {
    return client
        .post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\"}}")
        .at("metadata.resourceVersion");
  }

  private void label(String name, String value) {
    client.patch(
        MAPS + "/" + name,
        "application/merge-patch+json",
        "{\"metadata\":{\"labels\":{\"x\":\"" + value + "\"}}}");
  }

  private static String revision(JsonNode event) {
    return event.path("object").path("metadata").path("resourceVersion").asString("");
  }

  @Test
  void beginsBehindARevision() {
    client.get(MAPS); // history is kept from the first use on
    make("a");
    String second = make("b");
    make("c");
    client.delete(MAPS + "/a", "");
    try (TestStream watch = client.stream(MAPS + "?watch=true&resourceVersion=" + second)) {
      assertThat(watch.nextShort()).isEqualTo("ADDED c");
      JsonNode deleted = watch.next().orElseThrow();
      assertThat(deleted.path("type").asString()).isEqualTo("DELETED");
      assertThat(Long.parseLong(revision(deleted))).isGreaterThan(Long.parseLong(second) + 1);
    }
    try (TestStream watch = client.stream(MAPS + "?watch=1&resourceVersion=0")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED b");
      assertThat(watch.nextShort()).isEqualTo("ADDED c");
    }
  }

  @Test
  void allWatchesSeeTheSameOrder() {
    try (TestStream one = client.stream(MAPS + "?watch=1&timeoutSeconds=30");
        TestStream two = client.stream("/clusters/acme/api/v1/configmaps?watch=1")) {
      for (int i = 0; i < 20; i++) {
        make("m" + i);
        label("m" + i / 2, "v" + i);
      }
      List<String> seen = new ArrayList<>();
      List<String> also = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        seen.add(revision(one.next().orElseThrow()));
        also.add(revision(two.next().orElseThrow()));
      }
      assertThat(seen).isEqualTo(also).doesNotHaveDuplicates();
      assertThat(seen.stream().map(Long::parseLong).toList()).isSorted();
    }
  }

  @Test
  void bookmarksHaveNothingButARevision() {
    make("a");
    String last = make("b");
    try (TestStream watch =
        client.stream(
            MAPS + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=" + last)) {
      JsonNode event = watch.next().orElseThrow();
      assertThat(event.path("type").asString()).isEqualTo("BOOKMARK");
      JsonNode object = event.path("object");
      assertThat(object.propertyNames()).containsExactly("kind", "apiVersion", "metadata");
      assertThat(object.path("metadata").propertyNames()).containsExactly("resourceVersion");
      assertThat(Long.parseLong(revision(event))).isGreaterThanOrEqualTo(Long.parseLong(last));
      String type = "BOOKMARK";
      for (var next = watch.next(); next.isPresent(); next = watch.next()) {
        type = next.get().path("type").asString("");
      }
      assertThat(type).as("the last word").isEqualTo("BOOKMARK");
    }
  }

  @Test
  void initialEventsAsAskedFor() {
    String made = make("a");
    try (TestStream watch = client.stream(MAPS + INITIAL + "false&allowWatchBookmarks=true")) {
      JsonNode event = watch.next().orElseThrow();
      assertThat(event.path("type").asString()).isEqualTo("BOOKMARK");
      assertThat(event.path("object").path("metadata").has("annotations")).isFalse();
    }
    try (TestStream watch = client.stream(MAPS + INITIAL + "true&timeoutSeconds=1")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
      assertThat(watch.next()).as("nobody asked for bookmarks").isEmpty();
    }
    try (TestStream watch =
        client.stream(MAPS + INITIAL + "true&allowWatchBookmarks=true&resourceVersion=" + made)) {
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
      JsonNode end = watch.next().orElseThrow();
      assertThat(end.at("/object/metadata/annotations/k8s.io~1initial-events-end").asString(""))
          .isEqualTo("true");
      assertThat(Long.parseLong(revision(end))).isGreaterThanOrEqualTo(Long.parseLong(made));
    }
  }

  @Test
  void oneObject() {
    make("a");
    make("b");
    for (String path :
        List.of(
            MAPS + "?watch=1&fieldSelector=metadata.name%3Db",
            OLD + "/b",
            OLD + "/b?fieldSelector=metadata.name%3Db",
            OLD + "?fieldSelector=metadata.name%3Db")) {
      try (TestStream watch = client.stream(path)) {
        assertThat(watch.nextShort()).as(path).isEqualTo("ADDED b");
        label("a", path);
        label("b", "v" + path.length());
        assertThat(watch.nextShort()).as(path).isEqualTo("MODIFIED b");
      }
    }
    var other = client.get(OLD + "/b?fieldSelector=metadata.name%3Da");
    assertThat(other.code()).isEqualTo(400);
    assertThat(other.at("message"))
        .isEqualTo("fieldSelector metadata.name doesn't match requested name");
    assertThat(client.get(MAPS + "/b?watch=true").at("metadata.name"))
        .as("with a name in the path it is a get")
        .isEqualTo("b");
  }

  @Test
  void selectionsAreEnteredAndLeft() {
    label("none", "1");
    make("a");
    try (TestStream watch = client.stream(MAPS + "?watch=1&labelSelector=x%3D1")) {
      label("a", "1");
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
      label("a", "2");
      assertThat(watch.nextShort()).isEqualTo("DELETED a");
      label("a", "3");
      label("a", "1");
      assertThat(watch.nextShort()).isEqualTo("ADDED a");
      client.delete(MAPS + "/a", "");
      assertThat(watch.nextShort()).isEqualTo("DELETED a");
    }
  }

  @Test
  void metadataAndTablesInStreams() {
    make("a");
    for (String version : List.of("v1", "v1beta1")) {
      String metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=" + version;
      try (TestStream watch = client.stream(MAPS + "?watch=1", "Accept", metadata)) {
        JsonNode object = watch.next().orElseThrow().path("object");
        assertThat(object.path("kind").asString()).isEqualTo("PartialObjectMetadata");
        assertThat(object.path("apiVersion").asString()).isEqualTo("meta.k8s.io/" + version);
        assertThat(object.path("metadata").path("name").asString()).isEqualTo("a");
        assertThat(object.has("data")).isFalse();
      }
      String table = "application/json;as=Table;g=meta.k8s.io;v=" + version;
      String query = "?watch=1&includeObject=Object&allowWatchBookmarks=true";
      try (TestStream watch = client.stream(MAPS + query, "Accept", table)) {
        JsonNode object = watch.next().orElseThrow().path("object");
        assertThat(object.path("apiVersion").asString()).isEqualTo("meta.k8s.io/" + version);
        assertThat(object.at("/rows/0/object/kind").asString()).isEqualTo("ConfigMap");
        assertThat(object.at("/rows/0/cells/0").asString()).isEqualTo("a");
        JsonNode bookmark = watch.next().orElseThrow();
        assertThat(bookmark.path("type").asString()).isEqualTo("BOOKMARK");
        assertThat(bookmark.at("/object/rows/0/object/metadata/resourceVersion").asString(""))
            .isNotEmpty();
      }
    }
    assertThat(client.get(MAPS + "?watch=1", "Accept", "application/yaml").code()).isEqualTo(406);
    assertThat(client.get(MAPS, "Accept", "application/json;stream=watch").code()).isEqualTo(406);
  }

  @Test
  void framesOverWebSocket() throws Exception {
    make("told");
    for (String protocol : List.of("", "binary.k8s.io", "base64.binary.k8s.io", "other")) {
      JsonNode event = Json.mapper().readTree(firstMessage(protocol));
      assertThat(event.path("type").asString()).isEqualTo("ADDED");
      assertThat(event.at("/object/metadata/name").asString()).isEqualTo("told");
    }
  }

  private byte[] firstMessage(String protocol) throws Exception {
    BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    URI base = URI.create(server.server.localUri().toString().replace("http:", "ws:"));
    WebSocket.Builder builder =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + FakeAccess.ADMIN_TOKEN);
    if (!protocol.isEmpty()) {
      builder.subprotocols(protocol);
    }
    WebSocket socket =
        builder.buildAsync(base.resolve(MAPS + "?watch=1"), new Frames(messages)).join();
    assertThat(socket.getSubprotocol()).isEqualTo(protocol);
    byte[] message = messages.poll(10, TimeUnit.SECONDS);
    socket.abort();
    if (protocol.equals("base64.binary.k8s.io")) {
      return Base64.getDecoder()
          .decode(new String(message, 1, message.length - 1, StandardCharsets.US_ASCII));
    }
    assertThat((char) message[0]).isEqualTo(protocol.equals("binary.k8s.io") ? 'b' : 't');
    return java.util.Arrays.copyOfRange(message, 1, message.length);
  }

  /** Messages with a letter before that says whether they were text or bytes. */
  private record Frames(BlockingQueue<byte[]> queue) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      queue.add(("t" + text).getBytes(StandardCharsets.UTF_8));
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] message = new byte[data.remaining() + 1];
      message[0] = 'b';
      data.get(message, 1, message.length - 1);
      queue.add(message);
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}

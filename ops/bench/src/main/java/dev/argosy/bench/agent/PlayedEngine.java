package dev.argosy.bench.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Docker's API (1.41) as far as an agent needs it to run pods on the host's network, on a Unix
 * socket; its containers are entries in a book. Every image that is asked for is there.
 */
final class PlayedEngine implements AutoCloseable {

  private static final byte[] NOTHING = new byte[0];
  private static final String IMAGE =
      """
      {"Id": "sha256:%1$s", "RepoTags": ["%2$s"], "RepoDigests": [], "Size": 1000000,
       "Config": {"User": ""}, "Created": "2026-01-01T00:00:00Z"}
      """;

  private final HttpServer http;
  private final ServerSocketChannel socket;
  private final Path path;
  private final Map<String, ObjectNode> containers = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  private PlayedEngine(HttpServer http, ServerSocketChannel socket, Path path) {
    this.http = http;
    this.socket = socket;
    this.path = path;
  }

  static PlayedEngine start(Path path) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ServerSocketChannel socket =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(path));
    PlayedEngine engine = new PlayedEngine(http, socket, path);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", engine::answer);
    http.start();
    Thread.ofVirtual().start(engine::relay);
    return engine;
  }

  String host() {
    return "unix://" + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+/", "/");
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.equals("/events")) {
        quietEvents(exchange);
        return;
      }
      JsonNode answer = answer(exchange.getRequestMethod() + " " + path, exchange, body);
      byte[] bytes = answer == null ? NOTHING : Json.mapper().writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      int code = answer == null ? 204 : answer.has("message") ? 404 : 200;
      exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A stream in which nothing happens. */
  private void quietEvents(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('\n'); // or even the headers would wait
    exchange.getResponseBody().flush();
    closed.await();
  }

  private @Nullable JsonNode answer(String what, HttpExchange exchange, byte[] body) {
    String[] words = what.split("/", 4);
    String id = words.length > 2 ? words[2] : "";
    String verb = words.length > 3 ? words[3] : "";
    return switch (words[0] + words[1]) {
      case "GET info" -> json("{\"ServerVersion\": \"20.10\", \"DockerRootDir\": \"/tmp\"}");
      case "GET images" -> id.equals("json") ? Json.mapper().createArrayNode() : image(what);
      case "POST containers" -> id.equals("create") ? create(exchange, body) : change(id, verb);
      case "DELETE containers" -> removed(id);
      case "GET containers" -> id.equals("json") ? list(exchange) : inspected(id);
      default -> Json.object().put("message", "not played: " + what);
    };
  }

  private static JsonNode image(String what) {
    String name = what.substring("GET /images/".length()).replaceFirst("/json$", "");
    return json(IMAGE.formatted("0".repeat(64), name));
  }

  private static JsonNode json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode create(HttpExchange exchange, byte[] body) {
    String id = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    ObjectNode container = Json.object();
    JsonNode asked = Json.parse(body);
    container.put("Id", id).put("Created", Instant.now().toString());
    container.put(
        "Name", String.valueOf(exchange.getRequestURI().getQuery()).replace("name=", "/"));
    container.put("Image", "sha256:" + "0".repeat(64));
    container.set("Config", asked);
    container.set("HostConfig", asked.path("HostConfig"));
    container.putObject("State").put("Status", "created").put("Running", false);
    containers.put(id, container);
    return Json.object().put("Id", id);
  }

  private @Nullable JsonNode change(String id, String verb) {
    ObjectNode state = (ObjectNode) inspected(id).path("State");
    boolean start = verb.equals("start");
    state.put("Status", start ? "running" : "exited").put("Running", start).put("ExitCode", 0);
    state.put("Pid", start ? ProcessHandle.current().pid() : 0);
    state.put(start ? "StartedAt" : "FinishedAt", Instant.now().toString());
    state.put(start ? "FinishedAt" : "Error", start ? "0001-01-01T00:00:00Z" : "");
    return null;
  }

  private @Nullable JsonNode removed(String id) {
    containers.remove(id);
    return null;
  }

  private JsonNode inspected(String id) {
    ObjectNode found = containers.get(id);
    return found == null ? Json.object().put("message", "No such container: " + id) : found;
  }

  private JsonNode list(HttpExchange exchange) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    JsonNode filters = json(query.replaceFirst("^.*filters=([^&]*).*$", "$1"));
    ArrayNode listed = Json.mapper().createArrayNode();
    for (ObjectNode one : containers.values()) {
      JsonNode labels = one.path("Config").path("Labels");
      boolean wanted =
          filters
              .path("label")
              .valueStream()
              .map(l -> l.asString("").split("=", 2))
              .allMatch(l -> labels.path(l[0]).asString("").equals(l[1]));
      if (wanted) {
        ObjectNode entry = listed.addObject().put("Id", one.path("Id").asString(""));
        entry.put("State", one.path("State").path("Status").asString(""));
        entry.set("Labels", labels);
      }
    }
    return listed;
  }

  private void relay() {
    try {
      while (true) {
        SocketChannel client = socket.accept();
        SocketChannel server = SocketChannel.open(http.getAddress());
        Thread.ofVirtual().start(() -> copy(client, server));
        Thread.ofVirtual().start(() -> copy(server, client));
      }
    } catch (IOException closedNow) {
      // no more clients
    }
  }

  private static void copy(ByteChannel from, ByteChannel to) {
    try (from;
        to;
        InputStream in = Channels.newInputStream(from);
        OutputStream out = Channels.newOutputStream(to)) {
      in.transferTo(out);
    } catch (IOException eitherEnded) {
      // the other side is closed as well
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
    http.stop(0);
  }
}

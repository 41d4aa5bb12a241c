package dev.argosy.server.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One realm of a Keycloak, as far as clients are made there, on a loopback address. */
public final class FakeKeycloak implements AutoCloseable {

  private static final String REALM = "/realms/argosy/protocol/openid-connect/token";
  private static final String CLIENTS = "/admin/realms/argosy/clients";

  private final HttpServer server;
  private final Map<String, ObjectNode> clients = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();
  private @Nullable String token;
  private int awayWith;
  private int lose;

  /** What is answered. */
  private record Reply(int code, @Nullable JsonNode body) {}

  public FakeKeycloak() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Settings with the right secret. */
  public KeycloakSettings settings(Path folder) throws IOException {
    Path secret = Files.writeString(folder.resolve("provisioner"), "own secret\n");
    return KeycloakSettings.of(
            Map.of(
                "argosy.identity.keycloak.url",
                url(),
                "argosy.identity.keycloak.secret-file",
                secret.toString()))
        .orElseThrow();
  }

  /** From now on all is answered so; 0 for as it should be. */
  public synchronized void away(int code) {
    awayWith = code;
  }

  /** That request from now on (1 is the next) is done, and a proxy loses the answer. */
  public synchronized void loseAnswer(int number) {
    lose = number;
  }

  /** Whether it was lost. */
  public synchronized boolean lost() {
    return lose == 0;
  }

  /** All tokens of before are over. */
  synchronized void logOut() {
    token = null;
  }

  /** What was asked, and forgets it. */
  public synchronized List<String> takeAsked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  public synchronized List<ObjectNode> clients() {
    return clients.values().stream().map(ObjectNode::deepCopy).toList();
  }

  /** Somebody else changes a client. */
  public synchronized void edit(String clientId, String field, JsonNode value) {
    byClientId(clientId).orElseThrow().set(field, value);
  }

  /** Somebody else makes a client. */
  synchronized void add(String clientId) {
    ObjectNode client = Json.object().put("clientId", clientId);
    clients.put(UUID.randomUUID().toString(), client);
  }

  /** Whether a program logs in so. */
  public synchronized boolean logsIn(String clientId, String secret) {
    return byClientId(clientId)
        .filter(client -> client.path("enabled").asBoolean(false))
        .filter(client -> client.path("secret").asString("").equals(secret))
        .isPresent();
  }

  private Optional<ObjectNode> byClientId(String clientId) {
    return clients.values().stream()
        .filter(client -> client.path("clientId").asString("").equals(clientId))
        .findFirst();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Reply reply;
    synchronized (this) {
      reply = awayWith > 0 ? new Reply(awayWith, null) : answer(exchange, body);
      reply = lose == 1 ? new Reply(502, null) : reply;
      lose = Math.max(0, lose - 1);
    }
    try (exchange) {
      byte[] bytes = reply.body() == null ? new byte[0] : reply.body().toString().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.code(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Reply answer(HttpExchange exchange, String body) {
    URI uri = exchange.getRequestURI();
    asked.add(exchange.getRequestMethod() + " " + uri.getPath());
    if (uri.getPath().equals(REALM)) {
      return logIn(form(body));
    }
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (token == null || !("Bearer " + token).equals(bearer)) {
      return new Reply(401, Json.object().put("error", "HTTP 401 Unauthorized"));
    }
    String[] rest = uri.getPath().substring(CLIENTS.length()).split("/");
    JsonNode sent = body.isEmpty() ? Json.object() : Json.mapper().readTree(body);
    if (rest.length < 2) {
      return exchange.getRequestMethod().equals("POST")
          ? make((ObjectNode) sent)
          : found(form(uri.getRawQuery()).getOrDefault("clientId", ""));
    }
    ObjectNode client = clients.get(rest[1]);
    if (client == null) {
      return new Reply(404, Json.object().put("error", "Could not find client"));
    }
    String part = String.join("/", List.of(rest).subList(2, rest.length));
    return one(exchange.getRequestMethod() + " " + part, rest[1], client, sent);
  }

  private Reply logIn(Map<String, String> form) {
    if (!"argosy-provisioner".equals(form.get("client_id"))
        || !"own secret".equals(form.get("client_secret"))) {
      return new Reply(
          401,
          Json.object().put("error_description", "Invalid client or Invalid client credentials"));
    }
    if (token == null) {
      token = UUID.randomUUID().toString();
    }
    return new Reply(200, Json.object().put("access_token", token).put("expires_in", 60));
  }

  private Reply make(ObjectNode client) {
    if (byClientId(client.path("clientId").asString("")).isPresent()) {
      return new Reply(409, Json.object().put("errorMessage", "Client already exists"));
    }
    String id = UUID.randomUUID().toString();
    client.put("id", id).put("secret", "first-" + id);
    clients.put(id, client);
    return new Reply(201, null);
  }

  private Reply found(String clientId) {
    var all = Json.mapper().createArrayNode();
    byClientId(clientId).ifPresent(client -> all.add(client.deepCopy()));
    return new Reply(200, all);
  }

  private Reply one(String what, String id, ObjectNode client, JsonNode sent) {
    return switch (what) {
      case "PUT " -> {
        sent.properties().forEach(field -> client.set(field.getKey(), field.getValue()));
        yield new Reply(204, null);
      }
      case "DELETE " -> {
        clients.remove(id);
        yield new Reply(204, null);
      }
      case "GET service-account-user" -> {
        String name = "service-account-" + client.path("clientId").asString("");
        yield new Reply(200, Json.object().put("id", "user-" + id).put("username", name));
      }
      case "POST client-secret" -> {
        client.put("secret", "next-" + UUID.randomUUID());
        yield new Reply(200, Json.object().set("value", client.get("secret")));
      }
      default -> new Reply(404, null);
    };
  }

  private static Map<String, String> form(@Nullable String text) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", UTF_8));
    }
    return fields;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.argosy.server.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.argosy.model.object.Json;
import dev.argosy.server.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A webhook server with a certificate of its own authority, for the length of a test. */
public final class HookServer implements AutoCloseable {

  public final TestCertificates certificates;
  public final List<JsonNode> reviews = new CopyOnWriteArrayList<>();
  public final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param names further host names for its certificate
   */
  public HookServer(Path folder, String... names) throws Exception {
    certificates = TestCertificates.in(folder);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server(names)));
    server.setExecutor(threads);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url(String path) {
    return "https://127.0.0.1:" + port() + path;
  }

  public String caBundle() throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(certificates.ca()));
  }

  /** Answers reviews at a path: the {@code response}, whose uid is filled in. */
  public HookServer review(String path, Function<JsonNode, ObjectNode> answer) {
    return raw(
        path,
        review -> {
          ObjectNode response = answer.apply(review.path("request"));
          if (!response.has("uid")) {
            response.put("uid", review.path("request").path("uid").asString(""));
          }
          ObjectNode answered = Json.object();
          answered.put("apiVersion", review.path("apiVersion").asString(""));
          answered.put("kind", review.path("kind").asString(""));
          answered.set("response", response);
          return answered.toString();
        });
  }

  /** Answers any text. */
  public HookServer raw(String path, Function<JsonNode, String> answer) {
    return code(path, 200, answer);
  }

  /** Answers any text with any code. */
  public HookServer code(String path, int code, Function<JsonNode, String> answer) {
    paths.add(path);
    server.createContext(path, exchange -> answer(exchange, code, answer));
    return this;
  }

  /** Back to the start: no path is answered, nothing was asked. */
  public void forget() {
    paths.forEach(server::removeContext);
    paths.clear();
    reviews.clear();
    requests.clear();
  }

  private void answer(HttpExchange exchange, int code, Function<JsonNode, String> answer)
      throws IOException {
    JsonNode review = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    reviews.add(review);
    byte[] body = answer.apply(review).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (code == 307) {
      exchange.getResponseHeaders().set("Location", url("/elsewhere"));
    }
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public static ObjectNode allow() {
    return Json.object().put("allowed", true);
  }

  public static ObjectNode deny(String message) {
    ObjectNode answer = Json.object().put("allowed", false);
    answer.putObject("status").put("message", message);
    return answer;
  }

  public static ObjectNode patch(String operations) {
    String base64 = Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8));
    return allow().put("patchType", "JSONPatch").put("patch", base64);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}

package dev.argosy.scheduler;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.argosy.model.object.Json;
import dev.argosy.scheduler.configuration.Configuration;
import dev.argosy.scheduler.configuration.ConfigurationFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** An extender on loopback that says what a test has it say. */
final class FakeExtender implements AutoCloseable {

  /** A request that came. */
  record Asked(String verb, String cluster, boolean whatIf, JsonNode body) {
    String pod() {
      return body.at("/Pod/metadata/name").asString("");
    }
  }

  private final HttpServer server;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger hanging = new AtomicInteger();
  private final Map<String, UnaryOperator<JsonNode>> answers = new ConcurrentHashMap<>();
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  FakeExtender() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/scheduler/", this::handle);
    server.start();
  }

  /** Its address before the verbs. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/scheduler";
  }

  /** What it says from now on. */
  FakeExtender answers(String verb, UnaryOperator<JsonNode> answer) {
    answers.put(verb, answer);
    return this;
  }

  /** It says this from now on, whatever it is asked. */
  FakeExtender says(String verb, String json) {
    return answers(verb, body -> TestPods.json(json));
  }

  /** It does not answer from now on. */
  FakeExtender hangs(String verb) {
    return answers(
        verb,
        body -> {
          hanging.incrementAndGet();
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            hanging.decrementAndGet();
          }
          return body;
        });
  }

  /** How many requests it does not answer. */
  int hanging() {
    return hanging.get();
  }

  /** What hangs is answered, with what was asked. */
  void goesOn() {
    over.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String verb = path.substring(path.lastIndexOf('/') + 1);
    JsonNode body = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
    String cluster = exchange.getRequestHeaders().getFirst("Argosy-Cluster");
    boolean whatIf = exchange.getRequestHeaders().containsKey("Argosy-What-If");
    asked.add(new Asked(verb, String.valueOf(cluster), whatIf, body));
    UnaryOperator<JsonNode> answer = answers.get(verb);
    byte[] text =
        answer == null
            ? new byte[0]
            : answer.apply(body).toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer == null ? 500 : 200, text.length == 0 ? -1 : text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  /** A scheduler's file with this extender alone. */
  Configuration configuration(String rest) {
    return ConfigurationFile.read(
        TestPods.json(
            "{'apiVersion':'kubescheduler.config.k8s.io/v1','kind':'KubeSchedulerConfiguration',"
                + "'extenders':[{'urlPrefix':'"
                + url()
                + "',"
                + rest
                + "}]}"));
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }
}

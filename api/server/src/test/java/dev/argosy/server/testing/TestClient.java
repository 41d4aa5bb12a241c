package dev.argosy.server.testing;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Talks HTTP with the server under test; no more than tests need. */
public final class TestClient {

  private final HttpClient http;
  private final URI base;
  private final String token;

  public TestClient(URI base, String token) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), base, token);
  }

  public TestClient(HttpClient http, URI base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /** Another identity; an empty token sends none. */
  public TestClient as(String other) {
    return new TestClient(http, base, other);
  }

  /** An answer. */
  public record Answer(HttpResponse<byte[]> response) {
    public int code() {
      return response.statusCode();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return Json.mapper().readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** The text at a path such as {@code metadata.name}; empty if there is none. */
    public String at(String path) {
      JsonNode node = json();
      for (String part : path.split("\\.")) {
        node = part.matches("\\d+") ? node.path(Integer.parseInt(part)) : node.path(part);
      }
      return node.isValueNode() ? node.asString("") : "";
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer put(String path, String body, String... headers) {
    return send("PUT", path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public Answer patch(String path, String type, String body) {
    return send("PATCH", path, body.getBytes(StandardCharsets.UTF_8), "Content-Type", type);
  }

  public Answer delete(String path, String body) {
    return send("DELETE", path, body.isEmpty() ? null : body.getBytes(StandardCharsets.UTF_8));
  }

  public Answer send(
      String method,
      String path,
      byte @org.jspecify.annotations.Nullable [] body,
      String... headers) {
    HttpRequest.Builder request =
        request(path, headers)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a stream, such as a watch. */
  public TestStream stream(String path, String... headers) {
    try {
      HttpResponse<InputStream> response =
          http.send(request(path, headers).build(), BodyHandlers.ofInputStream());
      return new TestStream(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }
}

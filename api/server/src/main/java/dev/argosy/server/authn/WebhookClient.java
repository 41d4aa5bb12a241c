package dev.argosy.server.authn;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Posts TokenReviews. Blocks until there is an answer or the time is up. */
final class WebhookClient {

  private static final String VERSION = "authentication.k8s.io/v1";
  private static final int MAX_BYTES = 1024 * 1024;

  private final WebhookSettings settings;
  private final HttpClient http;

  WebhookClient(WebhookSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .sslContext(settings.tls().context())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * The status of the review.
   *
   * @throws IOException if there is no answer that can be understood
   */
  JsonNode review(String token, Set<String> audiences) throws IOException {
    ObjectNode review = Json.object().put("apiVersion", VERSION).put("kind", "TokenReview");
    ObjectNode spec = review.putObject("spec").put("token", token);
    audiences.stream().sorted().forEach(spec.putArray("audiences")::add);
    JsonNode answer = read(send(review));
    if (!answer.path("apiVersion").asString("").equals(VERSION)
        || !answer.path("kind").asString("").equals("TokenReview")) {
      throw new IOException("the answer is no TokenReview of " + VERSION);
    }
    return answer.path("status");
  }

  private byte[] send(ObjectNode review) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .timeout(settings.timeout())
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(review.toString()));
    if (settings.tokenFile().isPresent()) {
      String own = Files.readString(settings.tokenFile().get()).strip();
      request.header("Authorization", "Bearer " + own);
    }
    try {
      HttpResponse<java.io.InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (response.statusCode() / 100 != 2 || bytes.length > MAX_BYTES) {
          throw new IOException("answered " + response.statusCode());
        }
        return bytes;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode read(byte[] body) throws IOException {
    try {
      return Json.mapper().readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      throw new IOException("the answer is no JSON", e);
    }
  }
}

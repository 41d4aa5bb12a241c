package dev.argosy.server.keycloak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.object.Json;
import dev.argosy.server.authn.ClientTls;
import dev.argosy.server.keycloak.ProviderTroubleException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls the admin API of one realm as the platform's own client, which it logs in as needed. */
final class AdminApi {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int SAID = 200;

  /** A token is not used in its last moments: the clocks of two machines differ. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  private final KeycloakSettings settings;
  private final Clock clock;
  private final HttpClient http;
  private final ReentrantLock login = new ReentrantLock();
  private volatile @Nullable Token token;

  private record Token(String text, Instant until) {}

  /** An answer; a body that is no JSON is missing. */
  record Reply(int code, JsonNode body) {

    boolean good() {
      return code / 100 == 2;
    }

    /** What the provider says went wrong. */
    String said() {
      for (String field : new String[] {"errorMessage", "error_description", "error"}) {
        String text = body.path(field).asString("");
        if (!text.isEmpty()) {
          return ": " + text.substring(0, Math.min(text.length(), SAID));
        }
      }
      return "";
    }
  }

  AdminApi(KeycloakSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER);
    settings
        .ca()
        .map(file -> new ClientTls(Optional.of(file), Optional.empty()))
        .ifPresent(tls -> builder.sslContext(tls.context()));
    this.http = builder.build();
  }

  /**
   * Calls what lies at a path of the realm's administration.
   *
   * @param path begins with {@code /}
   * @throws ProviderTroubleException if there is no answer, or the platform may not ask at all;
   *     other refusals are replies
   */
  Reply call(String method, String path, @Nullable JsonNode body) {
    Reply reply = send(method, path, body, current());
    if (reply.code() == 401) {
      token = null;
      reply = send(method, path, body, current());
    }
    if (reply.code() == 401 || reply.code() == 403) {
      throw new ProviderTroubleException(
          Kind.REFUSED,
          "the client "
              + settings.own().clientId()
              + " may not manage clients of the realm "
              + settings.realm()
              + reply.said());
    }
    return reply;
  }

  /** What to say of a reply that was not hoped for. */
  ProviderTroubleException trouble(String doing, Reply reply) {
    boolean later = reply.code() >= 500 || reply.code() == 429 || reply.code() == 404;
    return new ProviderTroubleException(
        later ? Kind.AWAY : Kind.REFUSED,
        "the identity provider answered " + reply.code() + " to " + doing + reply.said());
  }

  private Reply send(String method, String path, @Nullable JsonNode body, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(settings.url() + "/admin/realms/" + settings.realm() + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("Authorization", "Bearer " + bearer);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
    }
    return send(request.build());
  }

  private Reply send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_BYTES);
        return new Reply(response.statusCode(), read(bytes));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderTroubleException(Kind.AWAY, "the server is being stopped");
    } catch (IOException e) {
      throw new ProviderTroubleException(
          Kind.AWAY, "the identity provider at " + settings.url() + " does not answer");
    }
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return bytes.length == 0 ? Json.object() : Json.mapper().readTree(bytes);
    } catch (JacksonException e) {
      return Json.object();
    }
  }

  private String current() {
    Token known = token;
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.text();
    }
    login.lock();
    try {
      Token now = token;
      if (now == null || now == known) { // nobody else did in the meantime
        now = logIn();
        token = now;
      }
      return now.text();
    } finally {
      login.unlock();
    }
  }

  private Token logIn() {
    String form =
        "grant_type=client_credentials&client_id="
            + URLEncoder.encode(settings.own().clientId(), UTF_8)
            + "&client_secret="
            + URLEncoder.encode(secret(), UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    settings.url()
                        + "/realms/"
                        + settings.realm()
                        + "/protocol/openid-connect/token"))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    Instant asked = clock.instant();
    Reply reply = send(request);
    String text = reply.body().path("access_token").asString("");
    if (!reply.good() || text.isEmpty()) {
      throw trouble("the log-in of " + settings.own().clientId(), reply);
    }
    Duration good = Duration.ofSeconds(reply.body().path("expires_in").asLong(60));
    return new Token(text, asked.plus(good).minus(MARGIN));
  }

  private String secret() {
    try {
      return Files.readString(settings.own().secretFile()).strip();
    } catch (IOException e) {
      throw new ProviderTroubleException(
          Kind.REFUSED, "the server cannot read " + settings.own().secretFile());
    }
  }
}

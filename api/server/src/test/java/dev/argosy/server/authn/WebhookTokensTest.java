package dev.argosy.server.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.argosy.model.object.Json;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.server.access.ObjectsInMemory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WebhookTokensTest {

  private final ManualTimers time = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private volatile String status = "{}";
  private volatile int code = 201;
  private HttpServer server;
  private BearerTokens tokens;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/review",
        exchange -> {
          asked.add(Json.mapper().readTree(exchange.getRequestBody().readAllBytes()));
          byte[] body =
              ("{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"status\":"
                      + status
                      + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    WebhookSettings settings =
        WebhookSettings.of(
                Map.of(
                    "argosy.webhook-authentication.url",
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/review"))
            .orElseThrow();
    tokens =
        new BearerTokens(
            TestKeys.tokens(),
            new OidcSettings(List.of()),
            new ObjectsInMemory(),
            time.clock(),
            new BearerTokens.Others(
                Optional.of(new WebhookTokens(settings, time.clock())), AccessTokens.NONE));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private BearerTokens.Result check(String token) {
    return tokens.check(token, tokens.apiAudiences());
  }

  private static String good(String more) {
    return "{\"authenticated\":true,\"user\":{\"username\":\"kim\",\"uid\":\"7\",\"groups\":[\"ops\"],\"extra\":{\"a\":[\"b\"]}}"
        + more
        + "}";
  }

  @Test
  void takesItsWordAndRemembersIt() {
    status = good("");
    assertThat(check("opaque"))
        .isInstanceOfSatisfying(
            BearerTokens.Result.Good.class,
            found -> {
              assertThat(found.user().name()).isEqualTo("kim");
              assertThat(found.user().uid()).isEqualTo("7");
              assertThat(found.user().groups()).containsExactly("ops");
              assertThat(found.user().extra()).containsEntry("a", List.of("b"));
              assertThat(found.audiences()).containsExactly("https://kubernetes.default.svc");
            });
    assertThat(asked.getFirst().at("/spec/token").asString()).isEqualTo("opaque");
    assertThat(asked.getFirst().at("/spec/audiences/0").asString())
        .isEqualTo("https://kubernetes.default.svc");
    status = "{}";
    assertThat(check("opaque")).isInstanceOf(BearerTokens.Result.Good.class);
    assertThat(asked).hasSize(1);
    time.advance(Duration.ofMinutes(2));
    assertThat(check("opaque")).isInstanceOf(BearerTokens.Result.Bad.class);
    time.advance(Duration.ofSeconds(29));
    assertThat(check("opaque")).isInstanceOf(BearerTokens.Result.Bad.class);
    assertThat(asked).hasSize(2);
    time.advance(Duration.ofSeconds(1));
    check("opaque");
    assertThat(asked).hasSize(3);
  }

  @Test
  void audiencesOfTheAnswerCount() {
    status = good(",\"audiences\":[\"vault\"]");
    assertThat(check("one")).isInstanceOf(BearerTokens.Result.Bad.class);
    assertThat(tokens.check("one", Set.of("vault", "x")))
        .isInstanceOfSatisfying(
            BearerTokens.Result.Good.class,
            found -> assertThat(found.audiences()).containsExactly("vault"));
  }

  @Test
  void withoutAnAnswerNobodyIsLetInAndNothingIsRemembered() {
    code = 500;
    status = good("");
    assertThat(check("opaque")).isInstanceOf(BearerTokens.Result.Bad.class);
    code = 200;
    assertThat(check("opaque")).isInstanceOf(BearerTokens.Result.Good.class);
    status = "{\"authenticated\":true,\"user\":{}}";
    assertThat(check("nameless")).isInstanceOf(BearerTokens.Result.Bad.class);
    status = "{\"error\":\"over\"}";
    assertThat(check("refused")).isEqualTo(new BearerTokens.Result.Bad("over"));
  }

  @Test
  void tokensOfOthersAreNotShownToIt() {
    status = good("");
    FakeClaims.ofAccount(TestKeys.tokens())
        .forEach(token -> assertThat(check(token)).isInstanceOf(BearerTokens.Result.Bad.class));
    assertThat(check("abcdef.0123456789abcdef")).isInstanceOf(BearerTokens.Result.Bad.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void settingsAreChecked() {
    String prefix = "argosy.webhook-authentication.";
    assertThat(WebhookSettings.of(Map.of())).isEmpty();
    assertThatThrownBy(() -> WebhookSettings.of(Map.of(prefix + "url", "http://x.example/")))
        .hasMessageContaining("https");
    assertThatThrownBy(() ->
            WebhookSettings.of(Map.of(prefix + "url", "https://x.example/", prefix + "key", "/k")))
        .hasMessageContaining("go together");
    WebhookSettings all =
        WebhookSettings.of(
                Map.of(
                    prefix + "url",
                    "https://x.example/",
                    prefix + "audiences",
                    "a, b",
                    prefix + "timeout",
                    "PT3S"))
            .orElseThrow();
    assertThat(all.audiences()).containsExactlyInAnyOrder("a", "b");
    assertThat(all.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(all.lifetimes())
        .isEqualTo(new WebhookSettings.Lifetimes(Duration.ofMinutes(2), Duration.ofSeconds(30)));
  }
}

package dev.argosy.server.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.StatusException;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.server.access.Authentication;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.Credentials;
import dev.argosy.server.access.ObjectsInMemory;
import dev.argosy.server.registry.Subject;
import dev.argosy.server.testing.FakeClusters;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class AuthenticationChainTest {

  private final ManualTimers time = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final Clock clock = time.clock();
  private final ObjectsInMemory objects = new ObjectsInMemory();
  private final TokenKeys keys = TestKeys.tokens();
  private final FakeClusters clusters = new FakeClusters();
  private FakeIssuer issuer;
  private BearerTokens tokens;
  private AuthenticationChain chain;

  @BeforeEach
  void start() throws Exception {
    issuer = new FakeIssuer(clock);
    tokens = new BearerTokens(keys, issuer.settings(), objects, clock);
    chain =
        new AuthenticationChain(
            tokens,
            user -> user.name().equals("alice") ? Optional.of("acme") : Optional.empty(),
            clock);
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private Authentication bearer(String token) {
    return chain.authenticate(
        new Credentials(Optional.of(token), Optional.empty(), Optional.empty()));
  }

  @Test
  void nobodyWithoutCredentials() {
    assertThat(
            chain.authenticate(
                new Credentials(Optional.empty(), Optional.empty(), Optional.empty())))
        .isInstanceOf(Authentication.Anonymous.class);
  }

  @Test
  void believesTheIdentityProvider() {
    assertThat(bearer(issuer.token("alice", "devs")))
        .isEqualTo(
            new Authentication.Known(
                new UserInfo(
                    "alice", "sub-alice", List.of("devs", UserInfo.AUTHENTICATED), Map.of()),
                Optional.of("acme")));
  }

  @Test
  void refusesTokensThatAreNotForUs() {
    Instant past = clock.instant().minusSeconds(31);
    List<String> bad =
        List.of(
            "garbage",
            "a.b.c",
            "",
            "abcdef.0123456789abcdef",
            issuer.forged("alice"),
            issuer.token("alice", List.of(), c -> c.audience("other")),
            issuer.token("alice", List.of(), c -> c.issuer("https://elsewhere")),
            issuer.token("alice", List.of(), c -> c.expirationTime(java.util.Date.from(past))),
            issuer.token("alice", List.of(), c -> c.expirationTime(null)),
            issuer.token(
                "alice",
                List.of(),
                c -> c.notBeforeTime(java.util.Date.from(clock.instant().plusSeconds(60)))),
            issuer.token("system:admin"),
            issuer.token("alice", "system:masters"),
            issuer.token("alice", List.of(), c -> c.claim("preferred_username", null)));
    assertThat(bad)
        .allSatisfy(t -> assertThat(bearer(t)).isInstanceOf(Authentication.Rejected.class));
  }

  @Test
  void forgivesClocksThatDifferALittle() {
    String token = issuer.token("alice");
    time.advance(Duration.ofMinutes(5).plusSeconds(29));
    assertThat(bearer(token)).isInstanceOf(Authentication.Known.class);
    time.advance(Duration.ofSeconds(2));
    assertThat(bearer(token)).isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void followsTheRotationOfKeys() {
    bearer(issuer.token("alice"));
    issuer.rotate();
    time.advance(IssuerKeys.PATIENCE.plusSeconds(1));
    assertThat(bearer(issuer.token("alice"))).isInstanceOf(Authentication.Known.class);
    int fetches = issuer.fetches.get();
    for (int i = 0; i < 50; i++) {
      issuer.rotate();
      bearer(issuer.token("alice" + i));
    }
    assertThat(issuer.fetches.get()).isEqualTo(fetches);
  }

  private ObjectNode request(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private String serviceAccountToken(String cluster, String spec) {
    ObjectNode answer =
        new TokenRequestHandler(keys, objects, clusters, clock)
            .post(
                new Subject(UserInfo.system("test"), cluster, "default", "app", false),
                request(
                    "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":"
                        + spec
                        + "}"));
    return answer.path("status").path("token").asString();
  }

  private ObjectKey account(String cluster) {
    return ObjectsInMemory.key("serviceaccounts", cluster, "default", "app");
  }

  @Test
  void believesServiceAccountsInTheirOwnCluster() {
    objects.put(account("acme"), "u1", o -> {});
    Authentication found = bearer(serviceAccountToken("acme", "{}"));
    assertThat(found)
        .isInstanceOfSatisfying(
            Authentication.Known.class,
            known -> {
              assertThat(known.homeCluster()).contains("acme");
              assertThat(known.user().name()).isEqualTo("system:serviceaccount:default:app");
              assertThat(known.user().groups())
                  .containsExactly(
                      "system:serviceaccounts",
                      "system:serviceaccounts:default",
                      "system:authenticated");
              assertThat(ClusterScope.of(known.user())).contains("acme");
            });
  }

  @Test
  void tokensDieWithTheirObjects() {
    objects.put(account("acme"), "u1", o -> {});
    ObjectKey pod = ObjectsInMemory.key("pods", "acme", "default", "web");
    objects.put(pod, "p1", o -> o.putObject("spec").put("serviceAccountName", "app"));
    String bound =
        serviceAccountToken("acme", "{\"boundObjectRef\":{\"kind\":\"Pod\",\"name\":\"web\"}}");
    String free = serviceAccountToken("acme", "{}");
    assertThat(bearer(bound)).isInstanceOf(Authentication.Known.class);
    objects.put(pod, "p2", o -> {});
    assertThat(bearer(bound)).isInstanceOf(Authentication.Rejected.class);
    assertThat(bearer(free)).isInstanceOf(Authentication.Known.class);
    objects.remove(account("acme"));
    assertThat(bearer(free)).isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void serviceAccountTokensHaveAudiencesAndAnEnd() {
    objects.put(account("acme"), "u1", o -> {});
    String vault = serviceAccountToken("acme", "{\"audiences\":[\"vault\"]}");
    assertThat(bearer(vault)).isInstanceOf(Authentication.Rejected.class);
    assertThat(tokens.check(vault, Set.of("vault"))).isInstanceOf(BearerTokens.Result.Good.class);
    String brief = serviceAccountToken("acme", "{\"expirationSeconds\":600}");
    time.advance(Duration.ofSeconds(599));
    assertThat(bearer(brief)).isInstanceOf(Authentication.Known.class);
    time.advance(Duration.ofSeconds(12));
    assertThat(bearer(brief)).isInstanceOf(Authentication.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expirationSeconds\":599}",
        "{\"boundObjectRef\":{\"kind\":\"Pod\",\"name\":\"nosuch\"}}",
        "{\"boundObjectRef\":{\"kind\":\"Job\",\"name\":\"x\"}}",
        "{\"boundObjectRef\":{\"kind\":\"Pod\"}}"
      })
  void refusesToMakeTokensLikeThese(String spec) {
    objects.put(account("acme"), "u1", o -> {});
    assertThatThrownBy(() -> serviceAccountToken("acme", spec)).isInstanceOf(StatusException.class);
  }

  @Test
  void believesBootstrapTokensUntilTheyExpire() {
    ObjectKey secret =
        ObjectsInMemory.key("secrets", "root", "kube-system", "bootstrap-token-abcdef");
    objects.put(
        secret,
        "s",
        o -> {
          o.put("type", "bootstrap.kubernetes.io/token");
          ObjectNode data = o.putObject("data");
          data.put("token-id", base64("abcdef"));
          data.put("token-secret", base64("0123456789abcdef"));
          data.put("usage-bootstrap-authentication", base64("true"));
          data.put("expiration", base64("2026-01-01T01:00:00Z"));
        });
    assertThat(bearer("abcdef.0123456789abcdef"))
        .isInstanceOfSatisfying(
            Authentication.Known.class,
            known -> {
              assertThat(known.user().name()).isEqualTo("system:bootstrap:abcdef");
              assertThat(known.user().inGroup("system:bootstrappers")).isTrue();
              assertThat(known.homeCluster()).contains("root");
            });
    assertThat(bearer("abcdef.0123456789abcdee")).isInstanceOf(Authentication.Rejected.class);
    time.advance(Duration.ofHours(1));
    assertThat(bearer("abcdef.0123456789abcdef")).isInstanceOf(Authentication.Rejected.class);
  }

  @Test
  void bootstrapTokensBringTheirGroupsFromRootOnly() {
    for (String cluster : List.of("root", "acme")) {
      objects.put(
          ObjectsInMemory.key(
              "secrets", cluster, "kube-system", "bootstrap-token-" + cluster.charAt(0) + "bcdef"),
          "s",
          o -> bootstrap(o, cluster.charAt(0) + "bcdef", "system:bootstrappers:site-a"));
    }
    assertThat(bearer("rbcdef.0123456789abcdef"))
        .isInstanceOfSatisfying(
            Authentication.Known.class,
            known ->
                assertThat(known.user().groups())
                    .containsExactly(
                        "system:bootstrappers",
                        "system:bootstrappers:site-a",
                        "system:authenticated"));
    assertThat(bearer("abcdef.0123456789abcdef")).isInstanceOf(Authentication.Rejected.class);
    objects.put(
        ObjectsInMemory.key("secrets", "root", "kube-system", "bootstrap-token-rbcdef"),
        "s",
        o -> bootstrap(o, "rbcdef", "system:masters"));
    assertThat(bearer("rbcdef.0123456789abcdef")).isInstanceOf(Authentication.Rejected.class);
  }

  private static void bootstrap(ObjectNode secret, String id, String groups) {
    secret.put("type", "bootstrap.kubernetes.io/token");
    secret
        .putObject("data")
        .put("token-id", base64(id))
        .put("token-secret", base64("0123456789abcdef"))
        .put("usage-bootstrap-authentication", base64("true"))
        .put("auth-extra-groups", base64(groups));
  }

  @Test
  void tokensOutliveTheEndOfTheirPodByAMinute() {
    objects.put(account("acme"), "u1", o -> {});
    ObjectKey pod = ObjectsInMemory.key("pods", "acme", "default", "web");
    objects.put(pod, "p1", o -> o.putObject("spec").put("serviceAccountName", "app"));
    String bound =
        serviceAccountToken("acme", "{\"boundObjectRef\":{\"kind\":\"Pod\",\"name\":\"web\"}}");
    objects.put(
        pod, "p1", o -> o.withObject("metadata").put("deletionTimestamp", "2026-01-01T00:00:30Z"));
    assertThat(bearer(bound)).isInstanceOf(Authentication.Known.class);
    time.advance(Duration.ofSeconds(90));
    assertThat(bearer(bound)).isInstanceOf(Authentication.Known.class);
    time.advance(Duration.ofSeconds(1));
    assertThat(bearer(bound)).isInstanceOf(Authentication.Rejected.class);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.AccessRig.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When an access token ends: revoked, at its time, with its user. */
class AccessTokenEndsTest extends AccessTokenScene {

  AccessTokenEndsTest(AccessTokenScene.Servers servers) {
    super(servers);
  }

  @Test
  void revokedItIsGoneAtOnceAndItsWatchesEnd() throws Exception {
    String token = make("acme", user("ann"), body("revoked", ""));
    HttpRequest watch =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + rig.server.port() + MAPS + "?watch=1"))
            .header("Authorization", "Bearer " + token)
            .timeout(Duration.ofSeconds(60))
            .build();
    HttpResponse<Stream<String>> open =
        HttpClient.newHttpClient().send(watch, HttpResponse.BodyHandlers.ofLines());
    assertThat(open.statusCode()).isEqualTo(200);
    ok(200, call("DELETE", ACME + TOKENS + "/revoked", user("ann"), null));
    assertThat(code("GET", PODS, token)).isEqualTo(401);
    // ends by itself, long before its time is up
    assertThat(open.body().toList().getLast()).contains("\"code\":410");
    String other = make("acme", user("ann"), body("revoked", ""));
    assertThat(code("GET", PODS, other)).isEqualTo(200);
    assertThat(code("GET", PODS, token)).isEqualTo(401);
  }

  /** What one server made counts on the other in the very next request, and ends there, too. */
  @Test
  void countsOnEveryServerUntilItIsRevoked() throws Exception {
    try (AccessRig.Second second = rig.second()) {
      for (int i = 0; i < 20; i++) {
        String name = "both-" + i;
        String token = make("acme", user("ann"), body(name, ""));
        assertThat(second.code(PODS, token)).isEqualTo(200);
        ok(200, call("DELETE", ACME + TOKENS + "/" + name, user("ann"), null));
        AccessRig.await(() -> second.code(PODS, token) == 401);
      }
      assertThat(second.code(PODS, "argosy_pat_" + "0".repeat(65))).isEqualTo(401);
    }
  }

  @Test
  void endsAtItsTime() throws Exception {
    String token = make("acme", user("ann"), body("short", Duration.ofSeconds(4), ""));
    assertThat(code("GET", PODS, token)).isEqualTo(200);
    AccessRig.await(() -> code("GET", PODS, token) == 401);
  }

  @Test
  void ofAServiceAccountLivesAndDiesWithIt() throws Exception {
    String accounts = ACME + "/api/v1/namespaces/default/serviceaccounts";
    ok(201, call("POST", accounts, user("ann"), "{\"metadata\":{\"name\":\"ci\"}}"));
    String ci = ",\"subject\":{\"kind\":\"ServiceAccount\",\"name\":\"default/ci\"}";
    String token = make("acme", user("ann"), body("ci", ci));
    assertThat(code("GET", PODS, token)).isEqualTo(403);
    String binding =
        "{\"metadata\":{\"name\":\"ci\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\","
            + "\"kind\":\"ClusterRole\",\"name\":\"view\"},\"subjects\":[{\"kind\":\"ServiceAccount\","
            + "\"name\":\"ci\",\"namespace\":\"default\"}]}";
    String rbac = ACME + "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings";
    ok(201, call("POST", rbac, user("ann"), binding));
    AccessRig.await(() -> code("GET", PODS, token) == 200);
    member("acme", "val", "viewer");
    assertThat(call("POST", ACME + TOKENS, user("val"), body("vals", ci)).code()).isEqualTo(403);
    Answer none =
        call("POST", ACME + TOKENS, user("ann"), body("none", ci.replace("/ci", "/none")));
    assertThat(none.code()).isEqualTo(422);
    assertThat(none.body()).contains("spec.subject.name: Not found: \\\"default/none\\\"");
    ok(200, call("DELETE", accounts + "/ci", user("ann"), null));
    AccessRig.await(() -> code("GET", PODS, token) == 401);
    ok(201, call("POST", accounts, user("ann"), "{\"metadata\":{\"name\":\"ci\"}}"));
    assertThat(code("GET", PODS, token)).isEqualTo(401);
  }

  @Test
  void losesTheGroupsThatItsUserLoses() throws Exception {
    String devs =
        """
        {"metadata":{"name":"acme-devs"},"spec":{"tenant":"acme","role":"viewer",
         "subject":{"kind":"Group","name":"devs"}}}
        """;
    ok(201, call("POST", MEMBERS, rig.admin(), devs));
    AccessRig.await(() -> code("GET", PODS, user("dot", "devs")) == 200);
    String token = make("acme", user("dot", "devs", "ops"), body("dots", ""));
    assertThat(code("GET", PODS, token)).isEqualTo(200);
    assertThat(code("GET", PODS, user("dot", "ops"))).isEqualTo(403);
    AccessRig.await(() -> code("GET", PODS, token) == 401);
    JsonNode left = ok(200, call("GET", ACME + TOKENS + "/dots", user("ann"), null));
    assertThat(left.path("status").path("groups").toString()).isEqualTo("[\"ops\"]");
  }
}

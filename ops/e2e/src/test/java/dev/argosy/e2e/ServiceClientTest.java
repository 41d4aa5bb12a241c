package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program of a tenant that logs in at the platform's own Keycloak, made with kubectl. */
class ServiceClientTest {

  private static final String SERVER = "--server=" + Target.apiUrl();
  private static final String IN_ROOT = SERVER + "/clusters/root";
  private static final String CLIENTS = "/clusters/root/apis/tenancy.argosy.dev/v1/serviceclients/";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Api api = new Api();
  private final Kubectl acme = Kubectl.newest("acme");
  private final String name = "acme.ci-" + UUID.randomUUID().toString().substring(0, 8);

  @AfterEach
  void remove() {
    acme.run(IN_ROOT, "delete", "serviceclient", name, "--ignore-not-found");
  }

  private JsonNode credentials() {
    String answer =
        acme.with("{}", SERVER, "create", "--raw", CLIENTS + name + "/credentials", "-f", "-")
            .orFail();
    return new JsonMapper().readTree(answer).path("status");
  }

  private int pods(String tenant, String token) {
    return api.get("/clusters/" + tenant + "/api/v1/namespaces/default/pods", token).statusCode();
  }

  @Test
  void aProgramLogsInUntilItsSecretOrItselfIsGone() {
    String client =
        """
        apiVersion: tenancy.argosy.dev/v1
        kind: ServiceClient
        metadata: {name: %s}
        spec: {tenant: acme, role: viewer, description: nightly, tokenLifetimeSeconds: 300}
        """
            .formatted(name);
    acme.with(client, IN_ROOT, "create", "-f", "-").orFail();
    acme.run(IN_ROOT, "wait", "--for=condition=Ready", "--timeout=60s", "serviceclient/" + name);
    JsonNode first = credentials();
    String clientId = first.path("clientId").asString();
    String secret = first.path("clientSecret").asString();
    assertThat(first.path("tokenEndpoint").asString())
        .startsWith(Target.setting("argosy.oidc.issuer"));
    JsonNode answer = api.logIn(clientId, secret);
    assertThat(answer.path("expires_in").asInt()).as(answer.toString()).isEqualTo(300);
    String token = answer.path("access_token").asString();
    Eventually.until(PATIENCE, () -> pods("acme", token), code -> code == 200);
    assertThat(pods("globex", token)).isEqualTo(403);
    assertThat(
            api.send(
                    "DELETE",
                    "/clusters/acme/api/v1/namespaces/default/pods/none",
                    token,
                    "application/json",
                    "")
                .statusCode())
        .isEqualTo(403);
    String who =
        api.send(
                "POST",
                "/clusters/acme/apis/authentication.k8s.io/v1/selfsubjectreviews",
                token,
                "application/json",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}")
            .body();
    assertThat(who).contains("service-account-" + clientId);
    String seen = acme.run(IN_ROOT, "get", "serviceclient", name, "-o", "yaml");
    assertThat(seen).contains(clientId).doesNotContain(secret);

    String second = credentials().path("clientSecret").asString();
    assertThat(api.logIn(clientId, secret).path("error").asString())
        .isIn("unauthorized_client", "invalid_client");
    assertThat(api.logIn(clientId, second).path("access_token").asString("")).isNotEmpty();

    acme.run(IN_ROOT, "delete", "serviceclient", name);
    assertThat(api.logIn(clientId, second).path("error").asString()).isEqualTo("invalid_client");
    Eventually.until(PATIENCE, () -> pods("acme", token), code -> code == 403);
  }
}

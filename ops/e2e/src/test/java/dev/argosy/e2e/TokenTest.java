package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tokens of the identity provider, and what happens without the right one. */
class TokenTest {

  private final Api api = new Api();

  @Test
  void automationUsesClientCredentials() {
    HttpResponse<String> answer =
        api.get("/clusters/acme/api/v1/namespaces/default/pods", api.automationToken());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Api.json(answer).path("kind").asString()).isEqualTo("PodList");
  }

  @Test
  void aUserOfOneTenantLandsThereWithoutNamingIt() {
    HttpResponse<String> answer = api.get("/api/v1/namespaces/default", api.userToken("acme-dev"));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void withoutATokenItIsForbidden() {
    status(api.get("/clusters/acme/api/v1/namespaces/default/pods", ""), 403, "Forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."})
  void aBadTokenIsUnauthorized(String token) {
    status(api.get("/clusters/acme/api/v1/pods", token), 401, "Unauthorized");
  }

  @Test
  void aTamperedTokenIsUnauthorized() {
    String good = api.userToken("acme-dev");
    String[] parts = good.split("\\.");
    String tampered = parts[0] + "." + parts[1] + "." + new StringBuilder(parts[2]).reverse();
    status(api.get("/clusters/acme/api/v1/pods", tampered), 401, "Unauthorized");
  }

  @Test
  void anotherTenantsTokenIsForbiddenEverywhere() {
    String token = api.userToken("globex-dev");
    for (String path : servedPaths(api.userToken("acme-dev"))) {
      HttpResponse<String> answer = api.get(path, token);
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(answer.body()).as(path).doesNotContain("\"items\"");
    }
  }

  @Test
  void aTenantThatDoesNotExistLooksLikeAnyOther() {
    String token = api.userToken("globex-dev");
    assertThat(api.get("/clusters/no-such-tenant/api/v1/pods", token).statusCode())
        .isEqualTo(api.get("/clusters/acme/api/v1/pods", token).statusCode());
  }

  @Test
  void noTenantReachesAllClustersOrRoot() {
    String token = api.userToken("acme-dev");
    for (String path :
        List.of(
            "/clusters/*/api/v1/pods",
            "/clusters/*/api/v1/secrets",
            "/clusters/root/api/v1/secrets",
            "/clusters/root/apis/tenancy.argosy.dev/v1/accessgrants")) {
      assertThat(api.get(path, token).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(api.get("/clusters/root/apis/tenancy.argosy.dev/v1/tenants", token).body())
        .contains("\"name\":\"acme\"")
        .doesNotContain("globex");
  }

  /** Every list that the tenant's discovery names. */
  private List<String> servedPaths(String token) {
    List<String> paths = new java.util.ArrayList<>();
    collect("/clusters/acme/api/v1", token, paths);
    for (JsonNode group : Api.json(api.get("/clusters/acme/apis", token)).path("groups")) {
      for (JsonNode version : group.path("versions")) {
        collect("/clusters/acme/apis/" + version.path("groupVersion").asString(), token, paths);
      }
    }
    assertThat(paths).hasSizeGreaterThan(10);
    return paths;
  }

  private void collect(String base, String token, List<String> paths) {
    for (JsonNode resource : Api.json(api.get(base, token)).path("resources")) {
      String name = resource.path("name").asString();
      if (!name.contains("/") && resource.path("verbs").toString().contains("list")) {
        paths.add(base + "/" + name);
      }
    }
  }

  private static void status(HttpResponse<String> answer, int code, String reason) {
    assertThat(answer.statusCode()).isEqualTo(code);
    JsonNode status = Api.json(answer);
    assertThat(status.path("kind").asString()).isEqualTo("Status");
    assertThat(status.path("reason").asString()).isEqualTo(reason);
    assertThat(status.path("code").asInt()).isEqualTo(code);
  }
}

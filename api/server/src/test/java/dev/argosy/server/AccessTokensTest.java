package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.AccessRig.Answer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Access tokens through HTTP: made, used, seen, told of. */
class AccessTokensTest extends AccessTokenScene {

  AccessTokensTest(AccessTokenScene.Servers servers) {
    super(servers);
  }

  @Test
  void isShownOnceAndActsAsItsUser() throws Exception {
    JsonNode made =
        ok(201, call("POST", ACME + TOKENS, user("ann"), body("first", ",\"description\":\"ci\"")));
    String token = made.path("status").path("token").asString();
    String id = made.path("status").path("id").asString();
    assertThat(token).matches("argosy_pat_" + id + "[0-9A-Za-z]{49}");
    assertThat(made.path("spec").path("subject").toString())
        .isEqualTo("{\"kind\":\"User\",\"name\":\"ann\"}");
    assertThat(code("GET", PODS, token)).isEqualTo(200);
    JsonNode who =
        ok(
            201,
            call("POST", ACME + "/apis/authentication.k8s.io/v1/selfsubjectreviews", token, "{}"));
    JsonNode info = who.path("status").path("userInfo");
    assertThat(info.path("username").asString()).isEqualTo("ann");
    assertThat(info.path("uid").asString()).isEqualTo("sub-ann");
    assertThat(info.path("extra").path("argosy.dev/access-token").path(0).asString()).isEqualTo(id);
    // the address without a cluster means the token's
    assertThat(code("GET", "/api/v1/namespaces/default", token)).isEqualTo(200);
    for (Answer seen :
        List.of(
            call("GET", ACME + TOKENS + "/first", user("ann"), null),
            call("GET", ACME + TOKENS, user("ann"), null),
            call("GET", ACME + TOKENS + "?watch=1&timeoutSeconds=1", user("ann"), null))) {
      assertThat(seen.code()).isEqualTo(200);
      assertThat(seen.body()).contains(id).doesNotContain(token).doesNotContain("\"token\"");
    }
    JsonNode table =
        ok(
            200,
            rig.call(
                "GET",
                ACME + TOKENS,
                user("ann"),
                null,
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.path("rows").toString()).contains("User/ann", id);
  }

  @Test
  void everybodySeesTheirOwnAndOwnersSeeAll() throws Exception {
    member("acme", "vic", "viewer");
    make("acme", user("vic"), body("vics", ""));
    String anns = make("acme", user("ann"), body("anns", ""));
    JsonNode own = ok(200, call("GET", ACME + TOKENS, user("vic"), null));
    assertThat(names(own)).containsExactly("vics");
    assertThat(names(ok(200, call("GET", ACME + TOKENS, user("ann"), null))))
        .contains("vics", "anns");
    assertThat(code("GET", ACME + TOKENS + "/vics", user("vic"))).isEqualTo(200);
    assertThat(code("GET", ACME + TOKENS + "/anns", user("vic"))).isEqualTo(403);
    assertThat(code("GET", ACME + TOKENS + "/none", user("vic"))).isEqualTo(403);
    assertThat(code("DELETE", ACME + TOKENS + "/anns", user("vic"))).isEqualTo(403);
    assertThat(code("DELETE", ACME + TOKENS, user("vic"))).isEqualTo(403);
    String watch = ACME + TOKENS + "?watch=1&timeoutSeconds=2";
    Answer watched = call("GET", watch, user("vic"), null);
    assertThat(watched.body()).contains("vics").doesNotContain("anns");
    ok(200, call("DELETE", ACME + TOKENS + "/vics", user("ann"), null));
    assertThat(names(ok(200, call("GET", ACME + TOKENS, user("vic"), null)))).isEmpty();
    assertThat(code("GET", PODS, anns)).isEqualTo(200);
  }

  private static List<String> names(JsonNode list) {
    return list.path("items")
        .valueStream()
        .map(item -> item.path("metadata").path("name").asString())
        .toList();
  }

  @Test
  void nobodyWritesWhatTheServerSaysOfIt() throws Exception {
    String token = make("acme", user("ann"), body("fixed", ""));
    String path = ACME + TOKENS + "/fixed";
    JsonNode before = ok(200, call("GET", path, user("ann"), null)).path("status");
    String forged =
        "{\"status\":{\"hash\":\"%s\",\"id\":\"x\",\"groups\":[\"platform-admins\"]}}"
            .formatted("0".repeat(64));
    ok(200, call("PATCH", path + "/status", user("ann"), forged));
    ok(200, call("PATCH", path, user("ann"), forged));
    JsonNode after = ok(200, call("GET", path, user("ann"), null)).path("status");
    assertThat(after.path("hash")).isEqualTo(before.path("hash"));
    assertThat(after.path("id")).isEqualTo(before.path("id"));
    assertThat(after.path("groups").toString()).doesNotContain("platform-admins");
    assertThat(code("GET", PODS, token)).isEqualTo(200);
    String longer = "{\"spec\":{\"expiresAt\":\"" + in(Duration.ofDays(9)) + "\"}}";
    Answer moved = call("PATCH", path, user("ann"), longer);
    assertThat(moved.code()).isEqualTo(422);
    assertThat(moved.body()).contains("spec.expiresAt", "field is immutable");
    Answer wider = call("PATCH", path, user("ann"), "{\"spec\":{\"scope\":{\"readOnly\":true}}}");
    assertThat(wider.code()).isEqualTo(422);
    String text = "{\"spec\":{\"description\":\"of the nightly build\"}}";
    ok(200, call("PATCH", path, user("ann"), text));
    String kept =
        "{\"metadata\":{\"name\":\"given\"},\"spec\":{\"expiresAt\":\"%s\"},\"status\":{\"hash\":\"h\",\"token\":\"t\"}}"
            .formatted(in(Duration.ofHours(1)));
    assertThat(make("acme", user("ann"), kept)).startsWith("argosy_pat_");
  }

  @Test
  void badOnesAreRefusedInWords() throws Exception {
    invalid("{\"metadata\":{\"name\":\"x\"},\"spec\":{}}", "spec.expiresAt: Required value");
    invalid(body("x", Duration.ofDays(400), ""), "must be no later than PT8784H from now");
    invalid(body("x", Duration.ofSeconds(-5), ""), "must lie in the future");
    invalid(
        body("x", ",\"scope\":{\"role\":\"king\"}"),
        "spec.scope.role: Invalid value: \"king\": must be one of admin, member, viewer, or a"
            + " TenantRole that can be given here");
    invalid(body("x", ",\"scope\":{\"role\":\"A/b\"}"), "a lowercase RFC 1123 subdomain must");
    invalid(
        body("x", ",\"scope\":{\"rules\":[{\"verbs\":[]}]}"),
        "spec.scope.rules[0].verbs: Required value");
    invalid(
        body("x", ",\"subject\":{\"kind\":\"Group\",\"name\":\"g\"}"),
        "spec.subject.kind: Unsupported value");
    JsonNode dry =
        ok(201, call("POST", ACME + TOKENS + "?dryRun=All", user("ann"), body("dry", "")));
    assertThat(dry.path("status").has("token")).isFalse();
    assertThat(code("GET", ACME + TOKENS + "/dry", user("ann"))).isEqualTo(404);
    for (String bad :
        List.of(
            "argosy_pat_",
            "argosy_pat_x",
            "argosy_pat_" + "0".repeat(65),
            make("acme", user("ann"), body("typo", "")).replaceFirst("(.{20}).", "$1_"))) {
      Answer refused = call("GET", PODS, bad, null);
      assertThat(refused.code()).as(bad).isEqualTo(401);
      assertThat(refused.json().path("message").asString()).isEqualTo("Unauthorized");
    }
  }

  void invalid(String body, String words) throws Exception {
    Answer answer = call("POST", ACME + TOKENS, user("ann"), body);
    assertThat(answer.code()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("message").asString()).contains(words);
  }

  @Test
  void theAuditNamesTheTokenAndNeverShowsIt() throws Exception {
    JsonNode made = ok(201, call("POST", ACME + TOKENS, user("ann"), body("seen", "")));
    String token = made.path("status").path("token").asString();
    String id = made.path("status").path("id").asString();
    ok(201, call("POST", MAPS, token, map("audited")));
    AccessRig.await(() -> log().contains("audited"));
    String line = log().lines().filter(l -> l.contains("\"audited\"")).findFirst().orElseThrow();
    JsonNode event = Json.mapper().readTree(line);
    assertThat(event.path("user").path("username").asString()).isEqualTo("ann");
    assertThat(event.path("annotations").path("argosy.dev/access-token").asString()).isEqualTo(id);
    assertThat(log()).doesNotContain(token);
    AccessRig.await(() -> records().contains(id));
    assertThat(records()).doesNotContain(token);
    JsonNode used = ok(200, call("GET", ACME + TOKENS + "/seen", user("ann"), null));
    assertThat(used.path("status").path("hash").asString()).hasSize(64);
    AccessRig.await(() ->
        call("GET", ACME + TOKENS + "/seen", user("ann"), null).body().contains("\"lastUsedAt\""));
  }

  String log() throws Exception {
    return Files.readString(files.resolve("audit.log"));
  }

  String records() throws Exception {
    return call("GET", ACME + "/apis/audit.argosy.dev/v1/auditrecords", user("ann"), null).body();
  }
}

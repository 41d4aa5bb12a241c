package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.AccessRig.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Access tokens through HTTP: made, used, narrowed, seen, revoked. */
class AccessTokensTest {

  private static final String ACME = "/clusters/acme";
  private static final String TOKENS = "/apis/access.argosy.dev/v1/accesstokens";
  private static final String MEMBERS = "/apis/tenancy.argosy.dev/v1/members";
  private static final String PODS = ACME + "/api/v1/namespaces/default/pods";
  private static final String MAPS = ACME + "/api/v1/namespaces/default/configmaps";

  private static AccessRig rig;
  private static Path files;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    files = folder;
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static String in(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String body(String name, String more) {
    return body(name, Duration.ofHours(1), more);
  }

  private static String body(String name, Duration lasts, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"expiresAt\":\"%s\"%s}}"
        .formatted(name, in(lasts), more);
  }

  private static Answer call(String method, String path, String token, @Nullable String body)
      throws Exception {
    return rig.call(method, path, token, body);
  }

  private static String user(String name, String... groups) {
    return rig.issuer.token(name, groups);
  }

  /** Makes a token in a cluster; answers its text. */
  private static String make(String cluster, String as, String body) throws Exception {
    JsonNode made = ok(201, call("POST", "/clusters/" + cluster + TOKENS, as, body));
    return made.path("status").path("token").asString();
  }

  private static void member(String tenant, String name, String role) throws Exception {
    String body =
        """
        {"metadata":{"name":"%s-%s"},"spec":{"tenant":"%s","role":"%s",
         "subject":{"kind":"User","name":"%s"}}}
        """
            .formatted(tenant, name, tenant, role, name);
    ok(201, call("POST", MEMBERS, rig.admin(), body));
    AccessRig.await(() -> code("GET", "/clusters/" + tenant + "/api/v1/pods", user(name)) == 200);
  }

  private static int code(String method, String path, String token) throws Exception {
    return call(method, path, token, null).code();
  }

  private static String map(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"a\":\"b\"}}";
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
  void readsOnlyWhatItsScopeSays() throws Exception {
    String readOnly = make("acme", user("ann"), body("ro", ",\"scope\":{\"readOnly\":true}"));
    assertThat(code("GET", PODS, readOnly)).isEqualTo(200);
    assertThat(code("GET", ACME + "/apis", readOnly)).isEqualTo(200);
    Answer refused = call("POST", MAPS, readOnly, map("no"));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.json().path("message").asString())
        .isEqualTo(
            "configmaps is forbidden: User \"ann\" cannot create resource \"configmaps\" in API"
                + " group \"\" in the namespace \"default\": the scope of the access token does not"
                + " include it");
    assertThat(code("GET", PODS + "/x/exec?command=id&stdout=1", readOnly)).isEqualTo(403);
    String viewer = make("acme", user("ann"), body("viewer", ",\"scope\":{\"role\":\"viewer\"}"));
    assertThat(code("GET", PODS, viewer)).isEqualTo(200);
    assertThat(code("GET", ACME + "/api/v1/namespaces/default/secrets", viewer)).isEqualTo(403);
    String rules =
        ",\"scope\":{\"rules\":[{\"verbs\":[\"get\",\"create\"],\"apiGroups\":[\"\"],"
            + "\"resources\":[\"configmaps\"]}]}";
    String maps = make("acme", user("ann"), body("maps", rules));
    ok(201, call("POST", MAPS, maps, map("yes")));
    assertThat(code("GET", MAPS + "/yes", maps)).isEqualTo(200);
    assertThat(code("GET", MAPS, maps)).isEqualTo(403);
    assertThat(code("DELETE", MAPS + "/yes", maps)).isEqualTo(403);
    assertThat(code("GET", PODS, maps)).isEqualTo(403);
    JsonNode may =
        ok(
            201,
            call(
                "POST",
                ACME + "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                maps,
                "{\"spec\":{\"namespace\":\"default\"}}"));
    assertThat(may.path("status").path("resourceRules").toString())
        .contains("configmaps")
        .doesNotContain("\"*\"");
  }

  /** Rights are the lesser of the token's and of those that its user has at the time. */
  @Test
  void neverHasMoreThanItsUserHasNow() throws Exception {
    member("acme", "mo", "member");
    String token = make("acme", user("mo"), body("mos", ""));
    ok(201, call("POST", MAPS, token, map("mo")));
    String viewer = "{\"spec\":{\"role\":\"viewer\"}}";
    ok(200, call("PATCH", MEMBERS + "/acme-mo", rig.admin(), viewer));
    AccessRig.await(() -> code("DELETE", MAPS + "/mo", token) == 403);
    assertThat(code("GET", PODS, token)).isEqualTo(200);
    ok(200, call("DELETE", MEMBERS + "/acme-mo", rig.admin(), null));
    AccessRig.await(() -> code("GET", PODS, token) == 401);
    assertThat(code("GET", PODS, user("mo"))).isEqualTo(403);
  }

  @Test
  void leadsToNoOtherTokenAndToNobodyElse() throws Exception {
    String token = make("acme", user("ann"), body("plain", ""));
    assertThat(call("POST", ACME + TOKENS, token, body("more", "")).code()).isEqualTo(403);
    String named =
        ",\"scope\":{\"rules\":[{\"verbs\":[\"*\",\"create\",\"impersonate\"],\"apiGroups\":[\"*\","
            + "\"access.argosy.dev\",\"\"],\"resources\":[\"*\",\"accesstokens\",\"users\","
            + "\"serviceaccounts/token\"]}]}";
    String scoped = make("acme", user("ann"), body("named", named));
    Answer self = call("POST", ACME + TOKENS, scoped, body("more", ""));
    assertThat(self.code()).isEqualTo(403);
    assertThat(self.body()).contains("an access token cannot make one for its user");
    // a service account's credentials
    String accounts = ACME + "/api/v1/namespaces/default/serviceaccounts";
    ok(201, call("POST", accounts, user("ann"), "{\"metadata\":{\"name\":\"robot\"}}"));
    String account = accounts + "/robot/token";
    String request = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\"}";
    assertThat(call("POST", account, token, request).code()).isEqualTo(403);
    ok(201, call("POST", account, scoped, request));
    // somebody else
    assertThat(rig.call("GET", PODS, token, null, "Impersonate-User", "eve").code()).isEqualTo(403);
    String bound =
        ",\"scope\":{\"rules\":[{\"verbs\":[\"impersonate\"],\"apiGroups\":[\"\"],"
            + "\"resources\":[\"users\",\"groups\"]},{\"verbs\":[\"list\"],\"apiGroups\":[\"\"],"
            + "\"resources\":[\"pods\"]}]}";
    String other = make("acme", user("ann"), body("other", bound));
    String[] masters = {"Impersonate-User", "eve", "Impersonate-Group", "system:masters"};
    assertThat(rig.call("GET", PODS, other, null, masters).code()).isEqualTo(200);
    assertThat(rig.call("POST", MAPS, other, map("masters"), masters).code()).isEqualTo(403);
    // nobody makes one in the name of somebody else
    Answer borrowed =
        rig.call(
            "POST",
            ACME + TOKENS,
            user("ann"),
            body("borrowed", ""),
            "Impersonate-User",
            "gus",
            "Impersonate-Group",
            "system:masters");
    assertThat(borrowed.code()).isEqualTo(403);
    String gus = ",\"subject\":{\"kind\":\"User\",\"name\":\"gus\"}";
    assertThat(call("POST", ACME + TOKENS, user("ann"), body("guss", gus)).code()).isEqualTo(403);
  }

  /** Who may write roles with a token gives no more than the token's scope. */
  @Test
  void givesNoRightsThatItsScopeLacks() throws Exception {
    String rules =
        ",\"scope\":{\"rules\":[{\"verbs\":[\"create\"],\"apiGroups\":"
            + "[\"rbac.authorization.k8s.io\"],\"resources\":[\"rolebindings\",\"roles\"]},"
            + "{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}";
    String token = make("acme", user("ann"), body("giver", rules));
    String roles = ACME + "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
    String role =
        "{\"metadata\":{\"name\":\"%s\"},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],"
            + "\"resources\":[\"%s\"]}]}";
    ok(201, call("POST", roles + "roles", token, role.formatted("few", "pods")));
    assertThat(call("POST", roles + "roles", token, role.formatted("more", "secrets")).code())
        .isEqualTo(403);
    String binding =
        "{\"metadata\":{\"name\":\"all\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\","
            + "\"kind\":\"ClusterRole\",\"name\":\"cluster-admin\"},\"subjects\":[{\"kind\":\"User\","
            + "\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"ann\"}]}";
    assertThat(call("POST", roles + "rolebindings", token, binding).code()).isEqualTo(403);
  }

  @Test
  void isOfItsOwnTenantAlone() throws Exception {
    member("globex", "ann", "admin");
    String token = make("acme", user("ann"), body("acmes", ""));
    assertThat(code("GET", "/clusters/globex/api/v1/pods", user("ann"))).isEqualTo(200);
    assertThat(code("GET", "/clusters/globex/api/v1/pods", token)).isEqualTo(403);
    assertThat(code("GET", "/clusters/*/api/v1/pods", token)).isEqualTo(403);
    // a stranger learns nothing, not even whether there is such a token
    assertThat(code("GET", ACME + TOKENS + "/acmes", user("gus"))).isEqualTo(403);
    assertThat(code("GET", ACME + TOKENS, user("gus"))).isEqualTo(403);
    assertThat(code("DELETE", ACME + TOKENS + "/acmes", user("gus"))).isEqualTo(403);
    assertThat(call("POST", ACME + TOKENS, user("gus"), body("x", "")).code()).isEqualTo(403);
    assertThat(call("POST", "/clusters/root" + TOKENS, user("gus"), body("x", "")).code())
        .isEqualTo(403);
    assertThat(call("GET", "/clusters/globex" + TOKENS, user("gus"), null).body())
        .doesNotContain("acmes");
    // an administrator's own counts everywhere, or where its scope says
    String all = make("root", rig.admin(), body("boss", ""));
    assertThat(code("GET", "/clusters/globex/api/v1/pods", all)).isEqualTo(200);
    assertThat(code("GET", "/apis/tenancy.argosy.dev/v1/tenants", all)).isEqualTo(200);
    String some = make("root", rig.admin(), body("some", ",\"scope\":{\"tenants\":[\"globex\"]}"));
    assertThat(code("GET", "/clusters/globex/api/v1/pods", some)).isEqualTo(200);
    assertThat(code("GET", PODS, some)).isEqualTo(403);
    assertThat(code("GET", "/apis/tenancy.argosy.dev/v1/tenants", some)).isEqualTo(403);
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
    invalid(body("x", ",\"scope\":{\"role\":\"king\"}"), "spec.scope.role: Unsupported value");
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

  private static void invalid(String body, String words) throws Exception {
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

  private static String log() throws Exception {
    return Files.readString(files.resolve("audit.log"));
  }

  private static String records() throws Exception {
    return call("GET", ACME + "/apis/audit.argosy.dev/v1/auditrecords", user("ann"), null).body();
  }
}

package dev.argosy.server;

import static dev.argosy.server.AccessRig.await;
import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.keycloak.FakeKeycloak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Programs of tenants that log in at the identity provider. */
class ServiceClientTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String CLIENTS = ROOT + "serviceclients";

  private static Path folder;
  private static FakeKeycloak keycloak;
  private static AccessRig rig;
  private static String ann;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    keycloak = new FakeKeycloak();
    Files.writeString(
        folder.resolve("audit-policy.yaml"),
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        rules: [{level: RequestResponse, verbs: [create]}, {level: Metadata}]
        """);
    rig = new AccessRig(folder, keycloak.settings(folder));
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
    keycloak.close();
  }

  private static AccessRig.Answer make(String token, String name, String spec) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec);
    return rig.call("POST", CLIENTS, token, body);
  }

  private static String spec(String tenant, String role) {
    return "\"tenant\":\"%s\",\"role\":\"%s\"".formatted(tenant, role);
  }

  private static JsonNode get(String name) throws Exception {
    return rig.call("GET", CLIENTS + "/" + name, rig.admin(), null).json();
  }

  private static boolean ready(String name, String reason) throws Exception {
    return get(name).at("/status/conditions/0/reason").asString("").equals(reason);
  }

  private static void made(String token, String name, String spec) throws Exception {
    ok(201, make(token, name, spec));
    await(() -> ready(name, "Provisioned"));
  }

  private static AccessRig.Answer credentials(String token, String name) throws Exception {
    return rig.call("POST", CLIENTS + "/" + name + "/credentials", token, "{}");
  }

  private static String message(int code, AccessRig.Answer answer) {
    return ok(code, answer).path("message").asString("");
  }

  /** A token as the provider gives it to the program. */
  private static String program(String name) throws Exception {
    return rig.issuer.token(get(name).at("/status/username").asString());
  }

  private static int inside(String token, String tenant) throws Exception {
    return rig.call("GET", "/clusters/" + tenant + "/api/v1/pods", token, null).code();
  }

  @Test
  void aProgramHasItsRoleAndNoOther() throws Exception {
    JsonNode created = ok(201, make(ann, "acme.ci", spec("acme", "viewer")));
    String clientId = created.at("/status/clientId").asString();
    assertThat(clientId).isEqualTo("svc-acme.ci-" + created.at("/metadata/uid").asString());
    await(() -> ready("acme.ci", "Provisioned"));
    JsonNode there = ok(200, rig.call("GET", CLIENTS + "/acme.ci", ann, null));
    assertThat(there.at("/status/issuer").asString()).isEqualTo(rig.issuer.url());
    assertThat(there.at("/status/tokenEndpoint").asString())
        .isEqualTo(rig.issuer.url() + "/protocol/openid-connect/token");
    assertThat(there.at("/status/conditions/0/status").asString()).isEqualTo("True");

    JsonNode first = ok(201, credentials(ann, "acme.ci")).path("status");
    String secret = first.path("clientSecret").asString();
    assertThat(first.path("clientId").asString()).isEqualTo(clientId);
    assertThat(keycloak.logsIn(clientId, secret)).isTrue();
    String program = program("acme.ci");
    await(() -> inside(program, "acme") == 200);
    assertThat(inside(program, "globex")).isEqualTo(403);
    assertThat(rig.call("DELETE", "/clusters/acme/api/v1/namespaces/default", program, null).code())
        .isEqualTo(403);

    String second = ok(201, credentials(ann, "acme.ci")).at("/status/clientSecret").asString();
    assertThat(keycloak.logsIn(clientId, secret)).isFalse();
    assertThat(keycloak.logsIn(clientId, second)).isTrue();
    String dry = CLIENTS + "/acme.ci/credentials?dryRun=All";
    assertThat(ok(201, rig.call("POST", dry, ann, "{}")).path("status").has("clientSecret"))
        .isFalse();
    assertThat(keycloak.logsIn(clientId, second)).isTrue();
    assertThat(get("acme.ci").toString()).doesNotContain(secret, second);
    String trail =
        "/clusters/root/apis/audit.argosy.dev/v1/auditrecords?fieldSelector=user=ann,name=acme.ci";
    await(() ->
        rig.call("GET", trail, rig.admin(), null)
            .body()
            .contains("\"subresource\":\"credentials\""));
    assertThat(rig.call("GET", trail, rig.admin(), null).body()).doesNotContain(secret, second);
    String log = Files.readString(folder.resolve("audit.log"));
    assertThat(log).contains("ServiceClientCredentials", "tokenEndpoint");
    assertThat(log).doesNotContain(secret, second);

    ok(200, rig.call("DELETE", CLIENTS + "/acme.ci", ann, null));
    await(() -> inside(program, "acme") == 403);
    await(() -> rig.call("GET", CLIENTS + "/acme.ci", rig.admin(), null).code() == 404);
    assertThat(keycloak.logsIn(clientId, second)).isFalse();
    assertThat(message(404, credentials(rig.admin(), "acme.ci"))).contains("not found");
  }

  @Test
  void whoManagesMembersManagesProgramsAndGivesNoMore() throws Exception {
    made(ann, "acme.top", spec("acme", "admin"));
    for (String stranger : List.of(gus, rig.issuer.token("nobody"), program("acme.top") + "x")) {
      assertThat(rig.call("GET", CLIENTS + "/acme.top", stranger, null).code()).isIn(401, 403);
      assertThat(credentials(stranger, "acme.top").code()).isIn(401, 403);
      assertThat(rig.call("DELETE", CLIENTS + "/acme.top", stranger, null).code()).isIn(401, 403);
      assertThat(make(stranger, "acme.x", spec("acme", "viewer")).code()).isIn(401, 403);
    }
    assertThat(names(gus)).isEmpty();
    assertThat(message(403, make(gus, "acme.x", spec("globex", "viewer"))))
        .contains("begin with \"globex.\"");
    assertThat(message(422, make(rig.admin(), "none.x", spec("none", "viewer"))))
        .contains("must be a tenant that exists");
    assertThat(message(422, make(ann, "acme.x", spec("acme", "acme.nosuch"))))
        .contains("or a TenantRole that can be given here");
    assertThat(
            message(
                422,
                make(
                    ann,
                    "acme.x",
                    spec("acme", "viewer") + ",\"expiresAt\":\"2020-01-01T00:00:00Z\"")))
        .contains("must lie in the future");

    member("rec", "acme.recruiter");
    String rec = rig.issuer.token("rec");
    await(() -> make(rec, "acme.low", spec("acme", "viewer")).code() == 201);
    assertThat(message(403, make(rec, "acme.high", spec("acme", "admin"))))
        .contains("is attempting to grant RBAC permissions not currently held");
    String higher = "{\"spec\":{\"role\":\"admin\"}}";
    assertThat(message(403, rig.call("PATCH", CLIENTS + "/acme.low", rec, higher)))
        .contains("not currently held");
    assertThat(message(403, credentials(rec, "acme.top"))).contains("not currently held");
    await(() -> credentials(rec, "acme.low").code() == 201);
    assertThat(names(rec)).contains("acme.low", "acme.top");

    String bare = "{\"metadata\":{\"finalizers\":null}}";
    assertThat(message(403, rig.call("PATCH", CLIENTS + "/acme.low", ann, bare)))
        .contains("the platform removes its finalizers");
    String status = "{\"status\":{\"username\":\"ann\"}}";
    ok(403, rig.call("PATCH", CLIENTS + "/acme.low/status", ann, status));
  }

  private static List<String> names(String token) throws Exception {
    List<String> names = new ArrayList<>();
    ok(200, rig.call("GET", CLIENTS, token, null))
        .path("items")
        .forEach(item -> names.add(item.at("/metadata/name").asString("")));
    return names;
  }

  private static void member(String user, String role) throws Exception {
    String rules =
        """
        {"metadata":{"name":"%s"},"spec":{"tenant":"acme","includes":["viewer"],"rules":[
         {"verbs":["*"],"apiGroups":["tenancy.argosy.dev"],
          "resources":["serviceclients","serviceclients/credentials","members"]}]}}
        """
            .formatted(role);
    ok(201, rig.call("POST", ROOT + "tenantroles", rig.admin(), rules));
    String body =
        """
        {"metadata":{"name":"acme.%1$s"},"spec":{"tenant":"acme","role":"%2$s",
         "subject":{"kind":"User","name":"%1$s"}}}
        """
            .formatted(user, role);
    ok(201, rig.call("POST", ROOT + "members", rig.admin(), body));
    await(() -> inside(rig.issuer.token(user), "acme") == 200);
  }

  /** A token for automation does not lead to a longer-lived one of its own making. */
  @Test
  void anAccessTokenMustNameIt() throws Exception {
    made(ann, "acme.tok", spec("acme", "viewer"));
    String rule = "{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}";
    String end = rig.clock.instant().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS).toString();
    String body =
        "{\"metadata\":{\"name\":\"wide\"},\"spec\":{\"expiresAt\":\"%s\",\"scope\":{\"rules\":[%s]}}}"
            .formatted(end, rule);
    String tokens = "/clusters/root/apis/access.argosy.dev/v1/accesstokens";
    String wide =
        ok(201, rig.call("POST", tokens, rig.admin(), body)).at("/status/token").asString();
    ok(200, rig.call("GET", CLIENTS + "/acme.tok", wide, null));
    assertThat(message(403, credentials(wide, "acme.tok"))).contains("scope of the access token");
    assertThat(message(403, make(wide, "acme.tik", spec("acme", "viewer"))))
        .contains("scope of the access token");
  }

  @Test
  void aRoleThatIsNamedStaysAndAnotherIsTaken() throws Exception {
    String role = "{\"metadata\":{\"name\":\"acme.some\"},\"spec\":{\"tenant\":\"acme\"}}";
    ok(201, rig.call("POST", ROOT + "tenantroles", rig.admin(), role));
    await(() -> make(ann, "acme.bot", spec("acme", "acme.some")).code() == 201);
    assertThat(message(409, rig.call("DELETE", ROOT + "tenantroles/acme.some", ann, null)))
        .contains("ServiceClient acme.bot");
    await(() -> ready("acme.bot", "Provisioned"));
    String program = program("acme.bot");
    assertThat(inside(program, "acme")).isEqualTo(403);
    ok(200, rig.call("PATCH", CLIENTS + "/acme.bot", ann, "{\"spec\":{\"role\":\"viewer\"}}"));
    await(() -> inside(program, "acme") == 200);
    ok(200, rig.call("DELETE", ROOT + "tenantroles/acme.some", ann, null));
    String member = ROOT + "members/" + get("acme.bot").at("/status/member").asString();
    ok(200, rig.call("DELETE", member, ann, null));
    await(() -> rig.call("GET", member, rig.admin(), null).code() == 200);
    String other = "{\"spec\":{\"tenant\":\"globex\"}}";
    assertThat(message(422, rig.call("PATCH", CLIENTS + "/acme.bot", rig.admin(), other)))
        .contains("field is immutable");
  }

  @Test
  void itEndsWithItsTimeAndRestsWithItsTenant() throws Exception {
    rig.tenant("brief", "bea");
    String end = rig.clock.instant().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS).toString();
    ok(
        201,
        make(
            rig.admin(),
            "brief.short",
            spec("brief", "viewer") + ",\"expiresAt\":\"" + end + "\""));
    made(rig.admin(), "brief.ci", spec("brief", "viewer"));
    suspend(true);
    await(() -> ready("brief.ci", "TenantSuspended"));
    assertThat(enabled("brief.ci")).isFalse();
    assertThat(message(409, credentials(rig.admin(), "brief.ci"))).contains("is suspended");
    suspend(false);
    await(() -> ready("brief.ci", "Provisioned"));
    assertThat(enabled("brief.ci")).isTrue();
    await(() -> ready("brief.short", "Expired"));
    assertThat(enabled("brief.short")).isFalse();
    assertThat(message(409, credentials(rig.admin(), "brief.short"))).contains("it has ended");

    keycloak.away(503);
    ok(200, rig.call("DELETE", ROOT + "tenants/brief", rig.admin(), null));
    await(() -> get("brief.ci").toString().contains("it has no rights any more"));
    assertThat(ready("brief.ci", "ProviderAway")).isTrue();
    assertThat(rig.call("GET", ROOT + "tenants/brief", rig.admin(), null).code()).isEqualTo(200);
    keycloak.away(0);
    await(() -> rig.call("GET", ROOT + "tenants/brief", rig.admin(), null).code() == 404);
    assertThat(keycloak.clients().toString()).doesNotContain("svc-brief");
  }

  private static boolean enabled(String name) throws Exception {
    String clientId = get(name).at("/status/clientId").asString();
    return keycloak.clients().stream()
        .filter(client -> client.path("clientId").asString("").equals(clientId))
        .findFirst()
        .orElseThrow()
        .path("enabled")
        .asBoolean(false);
  }

  private static void suspend(boolean suspended) throws Exception {
    String patch = "{\"spec\":{\"suspended\":" + suspended + "}}";
    ok(200, rig.call("PATCH", ROOT + "tenants/brief", rig.admin(), patch));
  }
}

package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who runs the platform has no rights in tenants but what they take for a while. */
class BreakGlassTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String ACCESS = ROOT + "breakglasses";
  private static final String ACME = "/clusters/acme/api/v1/namespaces/default/";
  private static final String GLOBEX = "/clusters/globex/api/v1/namespaces/default/";

  private static AccessRig rig;
  private static String opal;
  private static String ann;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    opal = rig.issuer.token("opal");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
    String grant =
        "{\"metadata\":{\"name\":\"opal\"},\"spec\":{\"role\":\"platform-operator\","
            + "\"subject\":{\"kind\":\"User\",\"name\":\"opal\"}}}";
    ok(201, rig.call("POST", ROOT + "accessgrants", rig.admin(), grant));
    AccessRig.await(() -> get(ROOT + "tenants", opal) == 200);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static int get(String path, String token) throws Exception {
    return rig.call("GET", path, token, null).code();
  }

  private static AccessRig.Answer take(String token, String name, String spec) throws Exception {
    String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(name, spec);
    return rig.call("POST", ACCESS, token, body);
  }

  private static List<String> listed(String token) throws Exception {
    List<String> names = new ArrayList<>();
    ok(200, rig.call("GET", ACCESS, token, null))
        .path("items")
        .forEach(item -> names.add(item.at("/metadata/name").asString("")));
    return names;
  }

  private static AccessRig.Answer end(String token, String name) throws Exception {
    return rig.call("PATCH", ACCESS + "/" + name, token, "{\"spec\":{\"ended\":true}}");
  }

  private static JsonNode records(String selector) throws Exception {
    String query = "?fieldSelector=" + URLEncoder.encode(selector, StandardCharsets.UTF_8);
    String path = "/clusters/acme/apis/audit.argosy.dev/v1/auditrecords";
    return ok(200, rig.call("GET", path + query, ann, null)).path("items");
  }

  @Test
  void anOperatorRunsThePlatformAndEntersNoTenant() throws Exception {
    for (String path : List.of(ACME + "configmaps", ACME + "secrets", "/clusters/*/api/v1/pods")) {
      ok(403, rig.call("GET", path, opal, null));
    }
    String tenant = "{\"metadata\":{\"name\":\"opals\"},\"spec\":{}}";
    ok(201, rig.call("POST", ROOT + "tenants", opal, tenant));
    String member =
        "{\"metadata\":{\"name\":\"me\"},\"spec\":{\"tenant\":\"acme\",\"role\":\"viewer\","
            + "\"subject\":{\"kind\":\"User\",\"name\":\"opal\"}}}";
    ok(403, rig.call("POST", ROOT + "members", opal, member));
    String grant =
        "{\"metadata\":{\"name\":\"up\"},\"spec\":{\"role\":\"platform-admin\","
            + "\"subject\":{\"kind\":\"User\",\"name\":\"opal\"}}}";
    ok(403, rig.call("POST", ROOT + "accessgrants", opal, grant));
    String template = "{\"metadata\":{\"name\":\"t\"},\"spec\":{\"objects\":[]}}";
    ok(403, rig.call("POST", ROOT + "tenanttemplates", opal, template));
    String below = "{\"spec\":{\"parent\":\"opals\"}}";
    assertThat(
            ok(403, rig.call("PATCH", ROOT + "tenants/acme", opal, below))
                .path("message")
                .asString())
        .contains("does not hold all rights in it");
    String renamed = "{\"spec\":{\"displayName\":\"Acme\"}}";
    ok(200, rig.call("PATCH", ROOT + "tenants/acme", opal, renamed));
    ok(
        200,
        rig.call("PATCH", ROOT + "tenants/opals", rig.admin(), "{\"spec\":{\"parent\":\"acme\"}}"));
  }

  @Test
  void itCountsForAWhileAndIsSeenAndMarked() throws Exception {
    String map = "{\"metadata\":{\"name\":\"repaired\"}}";
    ok(403, rig.call("POST", ACME + "configmaps", opal, map));
    JsonNode taken =
        ok(
            201,
            take(
                opal,
                "inc-7",
                "\"tenant\":\"acme\",\"reason\":\"incident 7\",\"durationSeconds\":600,"
                    + "\"username\":\"ann\",\"expiresAt\":\"2099-01-01T00:00:00Z\""));
    assertThat(taken.at("/spec/username").asString()).isEqualTo("opal");
    assertThat(taken.at("/spec/expiresAt").asString()).doesNotContain("2099");
    AccessRig.await(() -> get(ACME + "secrets", opal) == 200);
    ok(201, rig.call("POST", ACME + "configmaps", opal, map));
    ok(403, rig.call("GET", GLOBEX + "configmaps", opal, null));
    ok(
        201,
        rig.call(
            "POST",
            ACME + "configmaps",
            opal,
            "{\"metadata\":{\"name\":\"as-ann\"}}",
            "Impersonate-User",
            "ann"));

    assertThat(listed(ann)).containsExactly("inc-7");
    assertThat(listed(gus)).doesNotContain("inc-7");
    ok(403, rig.call("GET", ACCESS + "/inc-7", gus, null));
    AccessRig.await(() -> events().contains("incident 7"));
    for (String selector : List.of("name=repaired,code=201", "name=as-ann", "resource=secrets")) {
      AccessRig.await(() -> !records("user=opal," + selector).isEmpty());
      JsonNode marks = records("user=opal," + selector).path(0).path("annotations");
      assertThat(marks.path("tenancy.argosy.dev/break-glass").asString())
          .as(selector)
          .isEqualTo("inc-7");
      assertThat(marks.path("tenancy.argosy.dev/break-glass-reason").asString())
          .isEqualTo("incident 7");
    }

    ok(403, end(gus, "inc-7"));
    ok(403, rig.call("DELETE", ACCESS + "/inc-7", ann, null));
    String longer = "{\"spec\":{\"expiresAt\":\"2099-01-01T00:00:00Z\"}}";
    ok(422, rig.call("PATCH", ACCESS + "/inc-7", opal, longer));
    ok(200, end(ann, "inc-7"));
    AccessRig.await(() -> get(ACME + "secrets", opal) == 403);
    AccessRig.await(() -> events().contains("ended by ann"));
    ok(422, rig.call("PATCH", ACCESS + "/inc-7", opal, "{\"spec\":{\"ended\":false}}"));
    AccessRig.await(
        () -> inc7().at("/status/phase").asString("").equals("Ended")); // behind the event
    assertThat(inc7().at("/spec/endedBy").asString()).isEqualTo("ann");
  }

  private static JsonNode inc7() throws Exception {
    return ok(200, rig.call("GET", ACCESS + "/inc-7", opal, null));
  }

  private static String events() throws Exception {
    return rig.call("GET", ACME + "events", ann, null).body();
  }

  @Test
  void itEndsByItself() throws Exception {
    ok(
        201,
        take(
            opal,
            "short",
            "\"tenant\":\"globex\",\"reason\":\"a look\",\"role\":\"viewer\","
                + "\"durationSeconds\":4"));
    AccessRig.await(() -> get(GLOBEX + "configmaps", opal) == 200);
    ok(403, rig.call("GET", GLOBEX + "secrets", opal, null));
    ok(403, rig.call("POST", GLOBEX + "configmaps", opal, "{\"metadata\":{\"name\":\"x\"}}"));
    AccessRig.await(() -> get(GLOBEX + "configmaps", opal) == 403);
    AccessRig.await(() ->
        rig.call("GET", ACCESS + "/short", gus, null)
            .json()
            .at("/status/phase")
            .asString("")
            .equals("Expired"));
    String as = "application/json;as=Table;v=v1;g=meta.k8s.io";
    assertThat(rig.call("GET", ACCESS + "/short", gus, null, "Accept", as).body())
        .contains("\"Expired\"");
  }

  /** Decision 0060. */
  @Test
  void nobodyGivesThemselvesWhatOutlastsIt() throws Exception {
    rig.tenant("initech", "ian");
    String ian = rig.issuer.token("ian");
    String space = "/clusters/initech/api/v1/namespaces/default/";
    String rbac = "/clusters/initech/apis/rbac.authorization.k8s.io/v1/";
    String incident = "\"tenant\":\"initech\",\"reason\":\"incident 9\"";
    ok(201, take(opal, "inc-9", incident));
    AccessRig.await(() -> get(space + "secrets", opal) == 200);

    ok(201, rig.call("POST", rbac + "clusterroles", opal, role("look", "services")));
    ok(201, rig.call("POST", rbac + "clusterrolebindings", opal, binding("repair", "look", "ned")));
    String own = binding("own", "look", "opal");
    AccessRig.Answer refused = rig.call("POST", rbac + "clusterrolebindings", opal, own);
    assertThat(ok(403, refused).path("message").asString())
        .contains("attempting to grant RBAC permissions not currently held")
        .endsWith("besides what a break-glass gives for a while");
    ok(403, rig.call("POST", rbac + "namespaces/default/rolebindings", opal, own));
    String added =
        "{\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"User\",\"name\":\"opal\"}]}";
    ok(403, rig.call("PATCH", rbac + "clusterrolebindings/repair", opal, added));
    String group = own.replace("\"User\",\"name\":\"opal\"", "\"Group\",\"name\":\"ops\"");
    ok(403, rig.call("POST", rbac + "clusterrolebindings", rig.issuer.token("opal", "ops"), group));
    ok(403, rig.call("POST", rbac + "clusterrolebindings", opal, own, "Impersonate-User", "ian"));
    ok(403, rig.call("PATCH", ROOT + "tenants/initech", opal, "{\"spec\":{\"parent\":\"acme\"}}"));

    // bound by the tenant, who gave less
    ok(201, rig.call("POST", rbac + "clusterrolebindings", ian, own));
    String ways = "/clusters/initech/apis/access.argosy.dev/v1/accessexplanations";
    String services =
        "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"services\"}}}";
    AccessRig.await(() -> rig.call("POST", ways, opal, services).body().contains("\"own\""));
    String wider = "{\"rules\":[{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}]}";
    ok(403, rig.call("PATCH", rbac + "clusterroles/look", opal, wider));
    String collects = "{\"aggregationRule\":{\"clusterRoleSelectors\":[{}]}}";
    ok(403, rig.call("PATCH", rbac + "clusterroles/look", opal, collects));

    ok(201, rig.call("POST", space + "serviceaccounts", opal, named("robot")));
    String asked =
        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}";
    AccessRig.Answer token = rig.call("POST", space + "serviceaccounts/robot/token", opal, asked);
    assertThat(ok(403, token).path("message").asString())
        .contains("would outlive the break-glass by which it is made");
    ok(201, rig.call("POST", space + "serviceaccounts/robot/token", ian, asked));
    String tokens = "/clusters/initech/apis/access.argosy.dev/v1/accesstokens";
    ok(403, rig.call("POST", tokens, opal, accessToken("robots", ROBOT)));
    ok(
        403,
        rig.call(
            "POST",
            space + "secrets",
            opal,
            "{\"metadata\":{\"name\":\"t\",\"annotations\":{\"kubernetes.io/service-account.name\":\"robot\"}},"
                + "\"type\":\"kubernetes.io/service-account-token\"}"));
    ok(201, rig.call("POST", space + "secrets", opal, named("opaque")));
    String mine =
        ok(201, rig.call("POST", tokens, opal, accessToken("mine", "")))
            .at("/status/token")
            .asString();
    ok(200, rig.call("GET", space + "secrets", mine, null));

    ok(200, end(ian, "inc-9"));
    AccessRig.await(() -> get(space + "secrets", opal) == 403);
    ok(403, rig.call("GET", space + "secrets", mine, null));
    ok(200, rig.call("GET", space + "services", opal, null)); // what the tenant gave
    ok(200, rig.call("GET", space + "services", rig.issuer.token("ned"), null));
  }

  private static final String ROBOT =
      ",\"subject\":{\"kind\":\"ServiceAccount\",\"name\":\"default/robot\"}";

  private static String accessToken(String name, String more) {
    String end = rig.clock.instant().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"expiresAt\":\"%s\"%s}}"
        .formatted(name, end, more);
  }

  private static String named(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"}}";
  }

  private static String role(String name, String resource) {
    return "{\"metadata\":{\"name\":\"%s\"},\"rules\":[{\"verbs\":[\"get\",\"list\"],\"apiGroups\":[\"\"],\"resources\":[\"%s\"]}]}"
        .formatted(name, resource);
  }

  private static String binding(String name, String role, String user) {
    return """
    {"metadata":{"name":"%s"},
     "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"%s"},
     "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"%s"}]}
    """
        .formatted(name, role, user);
  }

  @Test
  void badAccessIsRefused() throws Exception {
    String acme = "\"tenant\":\"acme\"";
    ok(422, take(opal, "why", acme));
    ok(422, take(opal, "blank", acme + ",\"reason\":\" \""));
    ok(422, take(opal, "long", acme + ",\"reason\":\"r\",\"durationSeconds\":14401"));
    ok(422, take(opal, "none", acme + ",\"reason\":\"r\",\"durationSeconds\":0"));
    ok(422, take(opal, "back", acme + ",\"reason\":\"r\",\"durationSeconds\":-5"));
    ok(422, take(opal, "role", acme + ",\"reason\":\"r\",\"role\":\"owner\""));
    ok(422, take(opal, "where", "\"tenant\":\"nowhere\",\"reason\":\"r\""));
    ok(422, take(opal, "root", "\"tenant\":\"root\",\"reason\":\"r\""));
    ok(403, take(ann, "ann", acme + ",\"reason\":\"r\""));
    ok(403, take(rig.issuer.token("eve"), "eve", acme + ",\"reason\":\"r\""));
  }

  @Test
  void rolesThatEndedSaySo() throws Exception {
    String end = rig.clock.instant().plusSeconds(3).toString();
    String grant =
        "{\"metadata\":{\"name\":\"over\"},\"spec\":{\"role\":\"platform-viewer\","
            + "\"expiresAt\":\"%s\",\"subject\":{\"kind\":\"User\",\"name\":\"pia\"}}}"
                .formatted(end.substring(0, 19) + "Z");
    ok(201, rig.call("POST", ROOT + "accessgrants", rig.admin(), grant));
    String as = "application/json;as=Table;v=v1;g=meta.k8s.io";
    String path = ROOT + "accessgrants/over";
    assertThat(rig.call("GET", path, rig.admin(), null, "Accept", as).body())
        .contains("\"Active\"");
    AccessRig.await(() ->
        rig.call("GET", path, rig.admin(), null, "Accept", as).body().contains("\"Expired\""));
    assertThat(rig.call("GET", ROOT + "members", rig.admin(), null, "Accept", as).body())
        .contains("\"Active\"");
  }
}

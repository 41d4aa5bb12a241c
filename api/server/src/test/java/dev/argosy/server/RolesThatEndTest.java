package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Roles on the platform and in tenants that count until a moment. */
class RolesThatEndTest {

  private static final String TENANCY = "/apis/tenancy.argosy.dev/v1/";
  private static final String GRANTS = TENANCY + "accessgrants";
  private static final String MEMBERS = TENANCY + "members";

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static String in(int seconds) {
    return rig.clock.instant().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String grant(String name, String user, String role, String more) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"role\":\"%s\",\"subject\":{\"kind\":\"User\",\"name\":\"%s\"}%s}}"
        .formatted(name, role, user, more);
  }

  private static AccessRig.Answer give(String token, String body) throws Exception {
    return rig.call("POST", GRANTS, token, body);
  }

  /** Everybody may list tenants; whoever has no role on the platform gets those they are in. */
  private static boolean seesTenants(String user) throws Exception {
    String tenants = "/clusters/root" + TENANCY + "tenants";
    JsonNode list = ok(200, rig.call("GET", tenants, rig.issuer.token(user), null));
    return !list.path("items").isEmpty();
  }

  @Test
  void aPlatformRoleCountsUntilItsEnd() throws Exception {
    String end = in(5);
    String more = ",\"expiresAt\":\"" + end + "\",\"reason\":\"audit of March\"";
    ok(201, give(rig.admin(), grant("pam", "pam", "platform-viewer", more)));
    AccessRig.await(() -> seesTenants("pam"));
    JsonNode table =
        ok(
            200,
            rig.call(
                "GET",
                GRANTS + "/pam",
                rig.admin(),
                null,
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io"));
    assertThat(table.path("rows").path(0).path("cells").toString())
        .contains("platform-viewer", "User/pam", end, "audit of March");
    AccessRig.await(() -> !seesTenants("pam"));
    assertThat(rig.clock.instant()).isAfterOrEqualTo(Instant.parse(end));
    assertThat(rig.call("GET", GRANTS + "/pam", rig.admin(), null).code()).isEqualTo(200);
    String longer = "{\"spec\":{\"expiresAt\":\"" + in(600) + "\"}}";
    ok(200, rig.call("PATCH", GRANTS + "/pam", rig.admin(), longer));
    AccessRig.await(() -> seesTenants("pam"));
  }

  @Test
  void aMemberCountsUntilTheEndInTheirTenantOnly() throws Exception {
    String body =
        """
        {"metadata":{"name":"mia"},"spec":{"tenant":"acme","role":"viewer","expiresAt":"%s",
         "subject":{"kind":"User","name":"mia"}}}
        """
            .formatted(in(5));
    ok(201, rig.call("POST", MEMBERS, rig.admin(), body));
    String mia = rig.issuer.token("mia");
    AccessRig.await(() -> rig.call("GET", "/clusters/acme/api/v1/pods", mia, null).code() == 200);
    assertThat(rig.call("GET", "/clusters/globex/api/v1/pods", mia, null).code()).isEqualTo(403);
    JsonNode who =
        ok(
            201,
            rig.call(
                "POST",
                "/clusters/acme/apis/access.argosy.dev/v1/whocans",
                rig.issuer.token("ann"),
                "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"pods\"}}}"));
    assertThat(who.path("status").path("users").toString()).contains("mia");
    AccessRig.await(() -> rig.call("GET", "/clusters/acme/api/v1/pods", mia, null).code() == 403);
  }

  @Test
  void nobodyGivesWhatTheyDoNotHave() throws Exception {
    String rules =
        "{\"metadata\":{\"name\":\"giver\"},\"rules\":[{\"verbs\":[\"*\"],"
            + "\"apiGroups\":[\"tenancy.argosy.dev\"],\"resources\":[\"accessgrants\"]}]}";
    String rbac = "/apis/rbac.authorization.k8s.io/v1/";
    ok(201, rig.call("POST", rbac + "clusterroles", rig.admin(), rules));
    String binding =
        """
        {"metadata":{"name":"giver"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"giver"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"kim"}]}
        """;
    ok(201, rig.call("POST", rbac + "clusterrolebindings", rig.admin(), binding));
    String kim = rig.issuer.token("kim");
    AccessRig.await(() -> rig.call("GET", "/clusters/root" + GRANTS, kim, null).code() == 200);
    for (String role : new String[] {"platform-admin", "platform-viewer"}) {
      AccessRig.Answer refused =
          rig.call("POST", "/clusters/root" + GRANTS, kim, grant("kim", "kim", role, ""));
      assertThat(refused.code()).isEqualTo(403);
      assertThat(refused.json().path("message").asString())
          .contains("user \"kim\"")
          .contains("is attempting to grant RBAC permissions not currently held:\n");
    }
    assertThat(rig.call("GET", "/clusters/acme" + GRANTS, rig.admin(), null).code()).isEqualTo(404);
  }

  @Test
  void badGrantsAreRefusedInWords() throws Exception {
    String past = ",\"expiresAt\":\"2020-01-01T00:00:00Z\"";
    invalid(
        grant("x", "x", "platform-viewer", past),
        "spec.expiresAt: Invalid value: \"2020-01-01T00:00:00Z\": must lie in the future");
    invalid(
        grant("x", "x", "king", ""),
        "spec.role: Invalid value: \"king\": must be one of platform-admin, platform-operator,"
            + " platform-viewer, or a TenantRole that can be given here");
    invalid(
        grant("x", "system:anonymous", "platform-viewer", ""),
        "spec.subject.name: Invalid value: \"system:anonymous\": must not begin with system:");
    invalid(
        grant("x", "a/b", "platform-viewer", "").replace("User", "ServiceAccount"),
        "spec.subject.kind: Unsupported value: \"ServiceAccount\"");
    assertThat(
            give(rig.admin(), grant("x", "x", "platform-viewer", ",\"expiresAt\":\"tomorrow\""))
                .code())
        .isEqualTo(400);
    ok(201, give(rig.admin(), grant("fix", "fix", "platform-viewer", "")));
    AccessRig.Answer moved =
        rig.call(
            "PATCH", GRANTS + "/fix", rig.admin(), "{\"spec\":{\"subject\":{\"name\":\"other\"}}}");
    assertThat(moved.code()).isEqualTo(422);
    assertThat(moved.body()).contains("field is immutable");
  }

  private static void invalid(String body, String words) throws Exception {
    AccessRig.Answer answer = give(rig.admin(), body);
    assertThat(answer.code()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("message").asString()).contains(words);
  }
}

package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.AccessRig.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an access token may do: no more than its scope, and no more than its user. */
class AccessTokenScopeTest extends AccessTokenScene {

  private static final String ROLES = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantroles";

  AccessTokenScopeTest(AccessTokenScene.Servers servers) {
    super(servers);
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

  /** A role of the tenant's own making counts as it is at the time, and only that very one. */
  @Test
  void staysWithinATenantRoleAndEndsWithIt() throws Exception {
    String maps = role("acme.maps", rule("configmaps", "get", "list"));
    ok(201, call("POST", ROLES, user("ann"), maps));
    String token = make("acme", user("ann"), body("within", scope("acme.maps")));
    AccessRig.await(() -> code("GET", MAPS, token) == 200);
    assertThat(code("GET", PODS, token)).isEqualTo(403);
    assertThat(call("POST", MAPS, token, map("no")).code()).isEqualTo(403);
    String wider = role("acme.maps", rule("configmaps", "get") + "," + rule("pods", "list"));
    ok(200, call("PATCH", ROLES + "/acme.maps", user("ann"), wider));
    AccessRig.await(() -> code("GET", PODS, token) == 200 && code("GET", MAPS, token) == 403);
    try (AccessRig.Second other = rig.second()) {
      assertThat(other.code(PODS, token)).isEqualTo(200);
      ok(200, call("DELETE", ROLES + "/acme.maps", user("ann"), null));
      AccessRig.await(() -> code("GET", PODS, token) == 403 && other.code(PODS, token) == 403);
    }
    ok(201, call("POST", ROLES, user("ann"), maps));
    String anew = make("acme", user("ann"), body("anew", scope("acme.maps")));
    AccessRig.await(() -> code("GET", MAPS, anew) == 200);
    assertThat(code("GET", MAPS, token)).isEqualTo(403);
  }

  @Test
  void aTenantRoleGivesATokenNothingThatItsUserLacks() throws Exception {
    member("acme", "vi", "viewer");
    ok(201, call("POST", ROLES, user("ann"), role("acme.most", rule("*", "*"))));
    String token = make("acme", user("vi"), body("vis", scope("acme.most")));
    AccessRig.await(() -> code("GET", PODS, token) == 200);
    assertThat(code("GET", ACME + "/api/v1/namespaces/default/secrets", token)).isEqualTo(403);
    assertThat(call("POST", MAPS, token, map("no")).code()).isEqualTo(403);
    // others' roles look as if there were none
    Answer theirs =
        call("POST", "/clusters/globex" + TOKENS, user("gus"), body("t", scope("acme.most")));
    Answer nobodys =
        call("POST", "/clusters/globex" + TOKENS, user("gus"), body("t", scope("acme.none")));
    ok(422, theirs);
    assertThat(theirs.body()).isEqualTo(nobodys.body().replace("acme.none", "acme.most"));
    ok(422, call("POST", "/clusters/root" + TOKENS, rig.admin(), body("t", scope("acme.most"))));
  }

  private static String scope(String role) {
    return ",\"scope\":{\"role\":\"" + role + "\"}";
  }

  private static String rule(String resource, String... verbs) {
    return "{\"verbs\":[\"%s\"],\"apiGroups\":[\"\"],\"resources\":[\"%s\"]}"
        .formatted(String.join("\",\"", verbs), resource);
  }

  private static String role(String name, String rules) {
    return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"tenant\":\"acme\",\"rules\":[%s]}}"
        .formatted(name, rules);
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
}

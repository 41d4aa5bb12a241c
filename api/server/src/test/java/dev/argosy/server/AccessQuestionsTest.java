package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Why, why not and who can, asked as objects in two tenants at once. */
class AccessQuestionsTest {

  private static final String GROUP = "/apis/access.argosy.dev/v1";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

  private static AccessRig rig;
  private static String ann;
  private static String gus;
  private static String nat;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
    nat = rig.issuer.token("nat");
    for (String admin : new String[] {ann, gus}) {
      ok(201, rig.call("POST", "/api/v1/namespaces", admin, "{\"metadata\":{\"name\":\"a\"}}"));
      bind(admin, "a", "nat", "ClusterRole", "view", "nat");
    }
    AccessRig.await(() -> ask(nat, "acme", "AccessExplanation", pods("get", "a")).code() == 201);
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static void bind(
      String admin, String space, String name, String kind, String role, String user)
      throws Exception {
    String body =
        """
        {"metadata":{"name":"%s"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"%s","name":"%s"},
         "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"%s"}]}
        """
            .formatted(name, kind, role, user);
    ok(201, rig.call("POST", RBAC + "/namespaces/" + space + "/rolebindings", admin, body));
  }

  private static String pods(String verb, String namespace) {
    return about(verb, "", "pods", namespace);
  }

  private static String about(String verb, String group, String resource, String namespace) {
    return "\"resourceAttributes\":{\"verb\":\"%s\",\"group\":\"%s\",\"resource\":\"%s\",\"namespace\":\"%s\"}"
        .formatted(verb, group, resource, namespace);
  }

  private static AccessRig.Answer ask(String token, String tenant, String kind, String spec)
      throws Exception {
    String plural = kind.equals("WhoCan") ? "/whocans" : "/accessexplanations";
    return rig.call(
        "POST",
        "/clusters/" + tenant + GROUP + plural,
        token,
        "{\"apiVersion\":\"access.argosy.dev/v1\",\"kind\":\""
            + kind
            + "\",\"spec\":{"
            + spec
            + "}}");
  }

  private static JsonNode explain(String token, String spec) throws Exception {
    return ok(201, ask(token, "acme", "AccessExplanation", spec)).path("status");
  }

  private static JsonNode whoCan(String token, String tenant, String spec) throws Exception {
    return ok(201, ask(token, tenant, "WhoCan", spec)).path("status");
  }

  /** As "Kind namespace/name". */
  private static List<String> references(JsonNode array) {
    List<String> all = new ArrayList<>();
    for (JsonNode one : array) {
      String namespace = one.path("namespace").asString("");
      all.add(
          one.path("kind").asString("")
              + " "
              + (namespace.isEmpty() ? "" : namespace + "/")
              + one.path("name").asString(""));
    }
    return all;
  }

  private static List<String> names(JsonNode holders) {
    List<String> all = new ArrayList<>();
    holders.forEach(holder -> all.add(holder.path("name").asString("")));
    return all;
  }

  @Test
  void whatIsAllowedNamesEveryWay() throws Exception {
    JsonNode status = explain(nat, pods("get", "a"));
    assertThat(status.path("allowed").asBoolean()).isTrue();
    assertThat(status.has("missing")).isFalse();
    JsonNode way = status.path("allowedBy").path(0);
    assertThat(references(List.of(way.path("binding"), way.path("role"), way.path("subject"))))
        .containsExactly("RoleBinding a/nat", "ClusterRole view", "User nat");
    assertThat(way.path("rule").path("verbs").toString()).contains("\"get\"");
    assertThat(way.path("reason").asString())
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"nat/a\" of ClusterRole \"view\" to User \"nat\"");
    JsonNode admins = explain(ann, pods("get", "a")).path("allowedBy").path(0);
    assertThat(references(List.of(admins.path("binding"), admins.path("role"))))
        .containsExactly("Member acme-admin", "TenantRole admin");
  }

  private static List<String> references(List<JsonNode> nodes) {
    var array = Json.mapper().createArrayNode();
    nodes.forEach(array::add);
    return references(array);
  }

  @Test
  void whatIsMissingCanBePastedIntoARole() throws Exception {
    String asked =
        "\"resourceAttributes\":{\"verb\":\"update\",\"group\":\"apps\",\"resource\":\"deployments\","
            + "\"subresource\":\"scale\",\"namespace\":\"a\",\"name\":\"web\"}";
    JsonNode status = explain(nat, asked);
    assertThat(status.path("allowed").asBoolean()).isFalse();
    JsonNode missing = status.path("missing");
    assertThat(missing.path("rule").toString())
        .isEqualTo(
            "{\"verbs\":[\"update\"],\"apiGroups\":[\"apps\"],\"resources\":[\"deployments/scale\"],"
                + "\"resourceNames\":[\"web\"]}");
    assertThat(missing.path("roleKind").asString()).isEqualTo("Role");
    assertThat(missing.path("namespace").asString()).isEqualTo("a");
    assertThat(references(missing.path("roles")))
        .contains(
            "TenantRole admin",
            "TenantRole member",
            "ClusterRole edit",
            "ClusterRole admin",
            "ClusterRole cluster-admin")
        .doesNotContain("TenantRole viewer", "ClusterRole view");
    String role = "{\"metadata\":{\"name\":\"pasted\"},\"rules\":[" + missing.path("rule") + "]}";
    ok(201, rig.call("POST", RBAC + "/namespaces/a/roles", ann, role));
    assertThat(references(explain(nat, asked).path("missing").path("roles")))
        .as("nat may not list roles")
        .doesNotContain("Role a/pasted");
    AccessRig.await(() ->
        references(explain(ann, asked + ",\"user\":\"nat\"").path("missing").path("roles"))
            .contains("Role a/pasted"));
    bind(ann, "a", "pasted", "Role", "pasted", "nat");
    AccessRig.await(() -> explain(nat, asked).path("allowed").asBoolean());
    JsonNode way = explain(nat, asked).path("allowedBy").path(0);
    assertThat(references(List.of(way.path("binding"), way.path("role"))))
        .containsExactly("RoleBinding a/pasted", "Role a/pasted");
  }

  @Test
  void whoCouldGrantItIsToldAsFarAsOneMayKnow() throws Exception {
    bind(ann, "a", "lead", "ClusterRole", "admin", "lee");
    bind(ann, "a", "worker", "ClusterRole", "edit", "wim");
    AccessRig.await(() ->
        references(granters(ann, pods("delete", "a") + ",\"user\":\"nat\"")).contains("User lee"));
    assertThat(references(granters(ann, pods("delete", "a") + ",\"user\":\"nat\"")))
        .contains("User ann", "PlatformRole platform-admin")
        .doesNotContain("User wim", "User gus", "Group platform-admins", "Group system:masters");
    assertThat(references(granters(nat, pods("delete", "a"))))
        .containsExactly("User ann", "PlatformRole platform-admin");
    assertThat(references(granters(ann, about("get", "", "nodes", "") + ",\"user\":\"nat\"")))
        .contains("User ann")
        .doesNotContain("User lee");
    assertThat(references(granters(rig.admin(), pods("delete", "a") + ",\"user\":\"nat\"")))
        .contains("Group platform-admins");
  }

  private static JsonNode granters(String token, String spec) throws Exception {
    return explain(token, spec).path("missing").path("granters");
  }

  @Test
  void pathsAndWholeClustersAreExplained() throws Exception {
    String debug = "\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/metrics\"}";
    JsonNode missing = explain(nat, debug).path("missing");
    assertThat(missing.path("rule").toString())
        .isEqualTo("{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/metrics\"]}");
    assertThat(missing.path("roleKind").asString()).isEqualTo("ClusterRole");
    JsonNode all = explain(nat, pods("list", "")).path("missing");
    assertThat(all.path("roleKind").asString()).isEqualTo("ClusterRole");
    assertThat(all.has("namespace")).isFalse();
    JsonNode never = explain(ann, about("delete", "", "nodes", ""));
    assertThat(never.path("reason").asString()).startsWith("nodes belong to the platform");
    assertThat(never.has("missing")).isFalse();
  }

  @Test
  void onlyWhoMayAskAboutOthersIsAnswered() throws Exception {
    AccessRig.Answer refused =
        ask(nat, "acme", "AccessExplanation", pods("get", "a") + ",\"user\":\"ann\"");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.json().path("message").asString())
        .isEqualTo(
            "accessexplanations.access.argosy.dev is forbidden: User \"nat\" cannot create resource"
                + " \"subjectaccessreviews\" in API group \"authorization.k8s.io\" at the cluster"
                + " scope");
    AccessRig.Answer who = ask(nat, "acme", "WhoCan", pods("get", "a"));
    assertThat(who.code()).isEqualTo(403);
    assertThat(who.json().path("message").asString())
        .contains("User \"nat\" cannot list resource \"clusterrolebindings\"");
    for (String kind : new String[] {"AccessExplanation", "WhoCan"}) {
      assertThat(ask(gus, "acme", kind, pods("get", "a")).code()).isEqualTo(403);
      assertThat(ask(gus, "acme", kind, pods("get", "a")).body())
          .isEqualTo(ask(gus, "nosuch", kind, pods("get", "a")).body());
    }
  }

  @Test
  void whoCanTellsOfAllWhoCan() throws Exception {
    JsonNode status = whoCan(ann, "acme", pods("list", "a"));
    assertThat(names(status.path("users"))).contains("ann", "nat").doesNotContain("gus");
    assertThat(names(status.path("groups")))
        .contains("system:masters", "system:nodes")
        .doesNotContain("platform-admins");
    assertThat(status.path("platformRoles").toString()).isEqualTo("[\"platform-admin\"]");
    for (JsonNode user : status.path("users")) {
      if (user.path("name").asString().equals("nat")) {
        assertThat(references(List.of(user.path("by").path(0).path("binding"))))
            .containsExactly("RoleBinding a/nat");
      }
    }
    assertThat(names(whoCan(ann, "acme", pods("list", "")).path("users")))
        .contains("ann")
        .doesNotContain("nat");
    JsonNode seenByPlatform = whoCan(rig.admin(), "acme", pods("list", "a"));
    assertThat(names(seenByPlatform.path("groups"))).contains("platform-admins");
    assertThat(seenByPlatform.has("platformRoles")).isFalse();
    assertThat(names(whoCan(gus, "globex", pods("list", "a")).path("users")))
        .contains("gus")
        .doesNotContain("ann");
  }

  @Test
  void whoCanTellsServiceAccountsApart() throws Exception {
    String body =
        """
        {"metadata":{"name":"robots"},
         "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
         "subjects":[{"kind":"ServiceAccount","name":"robot","namespace":"other"}]}
        """;
    ok(201, rig.call("POST", RBAC + "/clusterrolebindings", ann, body));
    AccessRig.await(() ->
        names(whoCan(ann, "acme", pods("get", "a")).path("serviceAccounts")).contains("robot"));
    JsonNode accounts = whoCan(ann, "acme", pods("get", "a")).path("serviceAccounts");
    assertThat(accounts.path(0).path("namespace").asString()).isEqualTo("other");
    assertThat(
            names(
                whoCan(
                        ann,
                        "acme",
                        "\"nonResourceAttributes\":{\"verb\":\"get\",\"path\":\"/version\"}")
                    .path("groups")))
        .contains("system:authenticated", "system:unauthenticated");
  }

  @Test
  void badQuestionsAreRefusedInWords() throws Exception {
    String both = pods("get", "a") + ",\"nonResourceAttributes\":{\"path\":\"/x\"}";
    for (String kind : new String[] {"AccessExplanation", "WhoCan"}) {
      for (String spec : new String[] {"", both}) {
        AccessRig.Answer answer = ask(ann, "acme", kind, spec);
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.json().path("message").asString())
            .startsWith(kind + ".access.argosy.dev \"\" is invalid: spec.");
      }
    }
    String path = "/clusters/acme" + GROUP + "/whocans";
    assertThat(rig.call("GET", path, ann, null).code()).isEqualTo(405);
    assertThat(rig.call("POST", path, ann, "{\"spec\":[]}").code()).isEqualTo(400);
    assertThat(rig.call("POST", path, ann, "nonsense").code()).isEqualTo(400);
  }

  @Test
  void clientsFindAndExplainTheKinds() throws Exception {
    JsonNode found = ok(200, rig.call("GET", GROUP, ann, null));
    assertThat(names(found.path("resources"))).contains("accessexplanations", "whocans");
    JsonNode document =
        ok(200, rig.call("GET", "/openapi/v3/apis/access.argosy.dev/v1", ann, null));
    assertThat(document.toString())
        .contains("A rule that is enough, to be pasted into a role.")
        .contains("Who could grant it");
  }
}

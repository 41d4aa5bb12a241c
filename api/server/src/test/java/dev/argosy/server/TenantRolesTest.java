package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Roles of people's own making: who makes them, what they give, and that nobody gains by them. */
class TenantRolesTest {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String ROLES = ROOT + "tenantroles";
  private static final String MEMBERS = ROOT + "members";
  private static final String REVIEWS = "/apis/access.argosy.dev/v1/";
  private static final String ACME = "/clusters/acme/api/v1/namespaces/default/";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String DEPLOY =
      "{'verbs':['*'],'apiGroups':['apps'],'resources':['deployments']}";
  private static final String CONFIG =
      "{'verbs':['get','list'],'apiGroups':[''],'resources':['configmaps']}";
  private static final String ADD_MEMBERS =
      "{'verbs':['get','list','watch','create','delete'],'apiGroups':['tenancy.argosy.dev'],'resources':['members']}";

  private static AccessRig rig;
  private static String ann;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static AccessRig.Answer post(String path, String token, String body) throws Exception {
    return rig.call("POST", path, token, body.replace('\'', '"'));
  }

  private static AccessRig.Answer patch(String path, String token, String body) throws Exception {
    return rig.call("PATCH", path, token, body.replace('\'', '"'));
  }

  private static int get(String path, String token) throws Exception {
    return rig.call("GET", path, token, null).code();
  }

  private static String role(String name, String tenant, String rules) {
    String owner = tenant.isEmpty() ? "" : "'tenant':'" + tenant + "',";
    return "{'metadata':{'name':'%s'},'spec':{%s'rules':[%s]}}".formatted(name, owner, rules);
  }

  private static String member(String name, String tenant, String role, String user) {
    return member(name, tenant, role, user, "");
  }

  private static String member(String name, String tenant, String role, String user, String more) {
    return ("{'metadata':{'name':'%s'},'spec':{'tenant':'%s','role':'%s',"
            + "'subject':{'kind':'User','name':'%s'}%s}}")
        .formatted(name, tenant, role, user, more);
  }

  private static String message(AccessRig.Answer answer) {
    return answer.json().path("message").asString("");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(item -> names.add(item.at("/metadata/name").asString("")));
    return names;
  }

  /** Somebody with a role of the tenant's own making, which counts and has {@link #CONFIG}. */
  private static String with(String user, String role, String rules) throws Exception {
    ok(201, post(ROLES, ann, role(role, "acme", rules)));
    ok(201, post(MEMBERS, ann, member("acme." + user, "acme", role, user)));
    String token = rig.issuer.token(user);
    AccessRig.await(() -> get(ACME + "configmaps", token) == 200);
    return token;
  }

  private static void bindInRoot(String user, String rules) throws Exception {
    ok(
        201,
        post(
            RBAC + "clusterroles",
            rig.admin(),
            "{'metadata':{'name':'of-" + user + "'},'rules':[" + rules + "]}"));
    String binding =
        """
        {'metadata':{'name':'of-%1$s'},
         'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'of-%1$s'},
         'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'%1$s'}]}
        """
            .formatted(user);
    ok(201, post(RBAC + "clusterrolebindings", rig.admin(), binding));
  }

  @Test
  void aRoleGivesItsRulesAndChangesAtOnce() throws Exception {
    String dee = with("dee", "acme.deployer", DEPLOY + "," + CONFIG);
    assertThat(get(ACME + "configmaps", dee)).isEqualTo(200);
    assertThat(get(ACME + "secrets", dee)).isEqualTo(403);
    assertThat(get("/clusters/globex/api/v1/namespaces/default/configmaps", dee)).isEqualTo(403);
    assertThat(get("/clusters/acme/apis/apps/v1/deployments", dee)).isEqualTo(200);
    try (AccessRig.Second other = rig.second()) {
      assertThat(other.code(ACME + "configmaps", dee)).isEqualTo(200);
      String wider = "{'spec':{'includes':['viewer'],'rules':[" + DEPLOY + "]}}";
      ok(200, patch(ROLES + "/acme.deployer", ann, wider));
      AccessRig.await(() -> get(ACME + "pods", dee) == 200);
      AccessRig.await(() -> other.code(ACME + "pods", dee) == 200);
    }
    ok(200, patch(ROLES + "/acme.deployer", ann, "{'spec':{'includes':null}}"));
    AccessRig.await(() -> get(ACME + "configmaps", dee) == 403);
    assertThat(get("/clusters/acme/apis/apps/v1/deployments", dee)).isEqualTo(200);

    AccessRig.Answer used = rig.call("DELETE", ROLES + "/acme.deployer", ann, null);
    ok(409, used);
    assertThat(message(used)).contains("it is in use").contains("Member acme.dee");
    ok(200, rig.call("DELETE", MEMBERS + "/acme.dee", ann, null));
    ok(200, rig.call("DELETE", ROLES + "/acme.deployer", ann, null));
    AccessRig.await(() -> get("/clusters/acme/apis/apps/v1/deployments", dee) == 403);
  }

  @Test
  void nobodyGivesMoreThanTheyHave() throws Exception {
    String hal = with("hal", "acme.hr", CONFIG + "," + ADD_MEMBERS);
    ok(201, post(MEMBERS, hal, member("acme.new", "acme", "acme.hr", "new")));
    AccessRig.Answer up = post(MEMBERS, hal, member("acme.up", "acme", "admin", "hal"));
    ok(403, up);
    assertThat(message(up))
        .isEqualTo(
            "members.tenancy.argosy.dev \"acme.up\" is forbidden: user \"hal\""
                + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions"
                + " not currently held:\n"
                + "{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}\n"
                + "{NonResourceURLs:[\"*\"], Verbs:[\"*\"]}");
    ok(403, post(MEMBERS, hal, member("acme.up", "acme", "viewer", "hal")));
    ok(403, post(ROLES, hal, role("acme.up", "acme", DEPLOY)));
    ok(403, patch(MEMBERS + "/acme.hal", hal, "{'spec':{'role':'admin'}}"));

    String rob =
        with(
            "rob",
            "acme.roles",
            CONFIG
                + ",{'verbs':['*'],'apiGroups':['tenancy.argosy.dev'],'resources':['members']},"
                + "{'verbs':['create','update','patch','get'],'apiGroups':['tenancy.argosy.dev'],'resources':['tenantroles']}");
    ok(201, post(ROLES, rob, role("acme.less", "acme", CONFIG)));
    for (String change : List.of("'rules':[" + DEPLOY + "]", "'includes':['admin']")) {
      AccessRig.Answer wider = patch(ROLES + "/acme.roles", rob, "{'spec':{" + change + "}}");
      ok(403, wider);
      assertThat(message(wider)).contains("attempting to grant RBAC permissions not currently");
    }
    ok(403, patch(MEMBERS + "/acme.rob", rob, "{'spec':{'role':'member'}}"));
    ok(200, patch(MEMBERS + "/acme.rob", rob, "{'metadata':{'labels':{'a':'b'}}}"));
    ok(200, patch(ROLES + "/acme.less", rob, "{'metadata':{'labels':{'a':'b'}}}"));
  }

  @Test
  void whoMayBindGivesWhatTheyDoNotHave() throws Exception {
    bindInRoot(
        "sue",
        "{'verbs':['*'],'apiGroups':['tenancy.argosy.dev'],'resources':['members']},"
            + "{'verbs':['bind'],'apiGroups':['tenancy.argosy.dev'],'resources':['tenantroles'],'resourceNames':['viewer']}");
    String sue = rig.issuer.token("sue");
    AccessRig.await(() -> get(MEMBERS, sue) == 200);
    ok(403, post(MEMBERS, sue, member("sue", "acme", "admin", "sue")));
    ok(403, post(MEMBERS, sue, member("sue", "acme", "member", "sue")));
    ok(201, post(MEMBERS, sue, member("lou", "globex", "viewer", "lou")));
  }

  @Test
  void whatEndsOrReachesLessIsNotGiven() throws Exception {
    String end = rig.clock.instant().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
    String until = ",'expiresAt':'" + end + "'";
    ok(201, post(MEMBERS, ann, member("acme.tim", "acme", "admin", "tim", until)));
    String tim = rig.issuer.token("tim");
    AccessRig.await(() -> get(ACME + "secrets", tim) == 200);
    AccessRig.Answer longer = post(MEMBERS, tim, member("acme.ever", "acme", "admin", "tim"));
    ok(403, longer);
    assertThat(message(longer)).endsWith("for as long as they would be given");
    ok(201, post(MEMBERS, tim, member("acme.same", "acme", "viewer", "x", until)));

    String binding =
        """
        {'metadata':{'name':'bea'},
         'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'cluster-admin'},
         'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'bea'},
           {'kind':'ServiceAccount','namespace':'default','name':'robot'}]}
        """;
    ok(201, post("/clusters/acme" + RBAC + "clusterrolebindings", ann, binding));
    String bea = rig.issuer.token("bea");
    AccessRig.await(() -> get(ACME + "secrets", bea) == 200);
    ok(403, post(MEMBERS, bea, member("acme.bea", "acme", "admin", "bea")));
    ok(201, post(ACME + "serviceaccounts", ann, "{'metadata':{'name':'robot'}}"));
    String asked = "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{}}";
    String account =
        ok(201, post(ACME + "serviceaccounts/robot/token", ann, asked))
            .at("/status/token")
            .asString();
    ok(403, post(MEMBERS, account, member("acme.sa", "acme", "admin", "bea")));
    ok(
        403,
        rig.call(
            "POST",
            MEMBERS,
            bea,
            member("acme.as", "acme", "admin", "bea").replace('\'', '"'),
            "Impersonate-User",
            "ann"));
  }

  @Test
  void othersTenantsAreAsIfTheyWereNot() throws Exception {
    ok(201, post(ROLES, ann, role("acme.secret-plan", "acme", CONFIG)));
    ok(201, post(ROLES, gus, role("globex.own", "globex", CONFIG)));
    AccessRig.Answer there = rig.call("GET", ROLES + "/acme.secret-plan", gus, null);
    AccessRig.Answer nowhere = rig.call("GET", ROLES + "/acme.nothing", gus, null);
    ok(403, there);
    assertThat(message(nowhere).replace("nothing", "secret-plan")).isEqualTo(message(there));
    for (String tenant : List.of("acme", "nosuch")) {
      AccessRig.Answer made = post(ROLES, gus, role(tenant + ".x", tenant, CONFIG));
      ok(403, made);
      assertThat(message(made))
          .isEqualTo(
              "tenantroles.tenancy.argosy.dev is forbidden: User \"gus\" cannot create resource"
                  + " \"tenantroles\" in API group \"tenancy.argosy.dev\" at the cluster scope");
      ok(403, post(MEMBERS, gus, member(tenant + ".x", tenant, "viewer", "gus")));
    }
    ok(403, post(MEMBERS, gus, member("acme-admin", "globex", "viewer", "x")));
    ok(403, post(ROLES, rig.issuer.token("eve"), role("acme.e", "acme", CONFIG)));
    AccessRig.Answer foreign =
        post(MEMBERS, gus, member("globex.f", "globex", "acme.secret-plan", "x"));
    ok(422, foreign);
    assertThat(message(foreign))
        .isEqualTo(
            message(post(MEMBERS, gus, member("globex.f", "globex", "acme.nothing", "x")))
                .replace("nothing", "secret-plan"));
    assertThat(names(ok(200, rig.call("GET", ROLES, gus, null))))
        .contains("globex.own")
        .allMatch(name -> name.startsWith("globex.") || name.indexOf('.') < 0);
    assertThat(ok(200, rig.call("GET", MEMBERS, gus, null)).path("items"))
        .allMatch(one -> one.at("/spec/tenant").asString("").equals("globex"));
    assertThat(rig.call("GET", MEMBERS + "?watch=1&timeoutSeconds=1", gus, null).body())
        .contains("globex")
        .doesNotContain("acme");
    ok(404, rig.call("GET", ROLES + "/globex.nothing", gus, null)); // so that kubectl apply works
    ok(403, rig.call("DELETE", ROLES, gus, null));
  }

  @Test
  void badRolesAreRefused() throws Exception {
    ok(422, post(ROLES, ann, role("globex.x", "acme", CONFIG)));
    ok(422, post(ROLES, rig.admin(), role("a.b", "", CONFIG)));
    ok(422, post(ROLES, rig.admin(), role("admin", "", CONFIG)));
    ok(422, post(ROLES, rig.admin(), role("platform-x", "", CONFIG)));
    ok(422, post(ROLES, ann, role("acme.n", "acme", "{'verbs':['get']}")));
    ok(422, post(ROLES, ann, role("acme.n", "acme", "{'apiGroups':[''],'resources':['pods']}")));
    String includes =
        "{'metadata':{'name':'acme.n'},'spec':{'tenant':'acme','includes':['owner']}}";
    ok(422, post(ROLES, ann, includes));
    ok(422, post(MEMBERS, ann, member("acme.n", "acme", "owner", "x")));
    ok(422, post(MEMBERS, rig.admin(), member("globex.n", "acme", "viewer", "x")));
    ok(422, post(MEMBERS, ann, member("acme.n", "acme", "", "x")));
    ok(422, post(MEMBERS, ann, member("acme.n", "acme", "A b", "x")));
    ok(400, post(ROLES, ann, "{'metadata':{'name':'acme.n'},'spec':{'tenant':'acme','rules':7}}"));
    String generated = "{'metadata':{'generateName':'acme.g-'},'spec':{'tenant':'acme'}}";
    assertThat(ok(201, post(ROLES, ann, generated)).at("/metadata/name").asString())
        .startsWith("acme.g-");
    ok(201, post(ROLES, ann, role("acme.fix", "acme", CONFIG)));
    ok(422, patch(ROLES + "/acme.fix", rig.admin(), "{'spec':{'tenant':'globex'}}"));
  }

  @Test
  void rolesOfThePlatformCountEverywhere() throws Exception {
    ok(201, post(ROLES, rig.admin(), role("config-reader", "", CONFIG)));
    ok(201, post(ROLES, ann, role("acme.local", "acme", CONFIG)));
    String grant =
        "{'metadata':{'name':'pia'},'spec':{'role':'%s','subject':{'kind':'User','name':'pia'}}}";
    ok(422, post(ROOT + "accessgrants", rig.admin(), grant.formatted("acme.local")));
    ok(201, post(ROOT + "accessgrants", rig.admin(), grant.formatted("config-reader")));
    String pia = rig.issuer.token("pia");
    AccessRig.await(() -> get(ACME + "configmaps", pia) == 200);
    assertThat(get("/clusters/globex/api/v1/configmaps", pia)).isEqualTo(200);
    assertThat(get("/clusters/*/api/v1/configmaps", pia)).isEqualTo(200);
    assertThat(get(ACME + "secrets", pia)).isEqualTo(403);
    ok(201, post(MEMBERS, gus, member("globex.cfg", "globex", "config-reader", "cfg")));
    ok(403, patch(ROLES + "/config-reader", gus, "{'spec':{'rules':[]}}"));
    assertThat(names(ok(200, rig.call("GET", ROLES, gus, null)))).contains("config-reader");
    AccessRig.Answer used = rig.call("DELETE", ROLES + "/config-reader", rig.admin(), null);
    ok(409, used);
    assertThat(message(used)).contains("Member globex.cfg, AccessGrant pia");

    bindInRoot(
        "gil", "{'verbs':['*'],'apiGroups':['tenancy.argosy.dev'],'resources':['accessgrants']}");
    String gil = rig.issuer.token("gil");
    AccessRig.await(() -> get(ROOT + "accessgrants", gil) == 200);
    String own = grant.formatted("config-reader").replace("pia", "gil");
    AccessRig.Answer refused = post(ROOT + "accessgrants", gil, own);
    ok(403, refused);
    assertThat(message(refused)).contains("attempting to grant RBAC permissions not currently");
  }

  @Test
  void tenantsBelowHaveTheRolesOfThoseAbove() throws Exception {
    String tenant = "{'metadata':{'name':'acme-dev'},'spec':{'parent':'acme'}}";
    ok(201, post(ROOT + "tenants", rig.admin(), tenant));
    AccessRig.await(() -> get("/clusters/acme-dev/api/v1/namespaces/default", ann) == 200);
    ok(201, post(ROLES, ann, role("acme.ops", "acme", CONFIG)));
    ok(201, post(MEMBERS, ann, member("acme-dev.dan", "acme-dev", "admin", "dan")));
    String dan = rig.issuer.token("dan");
    AccessRig.await(() -> get("/clusters/acme-dev/api/v1/secrets", dan) == 200);
    assertThat(names(ok(200, rig.call("GET", ROLES, dan, null)))).contains("acme.ops");
    assertThat(names(ok(200, rig.call("GET", MEMBERS, dan, null)))).containsOnly("acme-dev.dan");
    ok(201, post(MEMBERS, dan, member("acme-dev.op", "acme-dev", "acme.ops", "op")));
    ok(403, patch(ROLES + "/acme.ops", dan, "{'spec':{'rules':[]}}"));
    ok(403, post(MEMBERS, dan, member("acme.dan", "acme", "viewer", "dan")));
    ok(201, post(ROLES, dan, role("acme-dev.own", "acme-dev", CONFIG)));
    ok(422, post(MEMBERS, ann, member("acme.wrong", "acme", "acme-dev.own", "x")));
    String op = rig.issuer.token("op");
    AccessRig.await(() -> get("/clusters/acme-dev/api/v1/configmaps", op) == 200);
    assertThat(get(ACME + "configmaps", op)).isEqualTo(403);

    ok(200, rig.call("DELETE", ROOT + "tenants/acme-dev", rig.admin(), null));
    AccessRig.await(() -> get(ROOT + "tenants/acme-dev", rig.admin()) == 404);
    ok(404, rig.call("GET", ROLES + "/acme-dev.own", rig.admin(), null));
    ok(404, rig.call("GET", MEMBERS + "/acme-dev.op", rig.admin(), null));
  }

  @Test
  void questionsKnowThem() throws Exception {
    String ida = with("ida", "acme.asker", CONFIG + "," + ADD_MEMBERS);
    String asked =
        "{'spec':{'resourceAttributes':{'verb':'list','resource':'%s','namespace':'default'}}}";
    String explain = "/clusters/acme" + REVIEWS + "accessexplanations";
    JsonNode way =
        ok(201, post(explain, ida, asked.formatted("configmaps"))).at("/status/allowedBy/0");
    assertThat(way.at("/role/kind").asString()).isEqualTo("TenantRole");
    assertThat(way.at("/role/name").asString()).isEqualTo("acme.asker");
    assertThat(way.at("/binding/name").asString()).isEqualTo("acme.ida");
    assertThat(way.path("reason").asString())
        .isEqualTo("tenant role acme.asker by member acme.ida");
    String about = asked.formatted("configmaps").replace("'spec':{", "'spec':{'user':'zoe',");
    JsonNode missing = ok(201, post(explain, ann, about));
    assertThat(missing.at("/status/missing/roles").toString()).contains("acme.asker");
    JsonNode granters = missing.at("/status/missing/granters");
    assertThat(granters.toString()).contains("ann").contains("ida");
    JsonNode who =
        ok(201, post("/clusters/acme" + REVIEWS + "whocans", ann, asked.formatted("configmaps")));
    assertThat(who.at("/status/users").toString()).contains("ida").contains("acme.asker");
    JsonNode hidden =
        ok(201, post("/clusters/globex" + REVIEWS + "accessexplanations", gus, about));
    assertThat(hidden.toString()).doesNotContain("acme");
    String mayI =
        "{'spec':{'resourceAttributes':{'verb':'create','group':'tenancy.argosy.dev','resource':'members'}}}";
    String reviews = "/clusters/acme/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    assertThat(ok(201, post(reviews, ida, mayI)).at("/status/allowed").asBoolean()).isTrue();
    String as = "application/json;as=Table;v=v1;g=meta.k8s.io";
    JsonNode table =
        rig.call("GET", ROLES + "/acme.asker", ann, null, "Accept", as).json().at("/rows/0/cells");
    assertThat(table.toString()).startsWith("[\"acme.asker\",\"acme\",\"<none>\",2,");
  }

  @Test
  void templatesAndPoliciesGiveNoMoreEither() throws Exception {
    bindInRoot(
        "tom",
        "{'verbs':['get','list','create','update','patch'],'apiGroups':['tenancy.argosy.dev'],"
            + "'resources':['tenanttemplates','tenantrequestpolicies']}");
    String tom = rig.issuer.token("tom");
    AccessRig.await(() -> get(ROOT + "tenanttemplates", tom) == 200);
    String binding =
        """
        {'apiVersion':'rbac.authorization.k8s.io/v1','kind':'ClusterRoleBinding','metadata':{'name':'t'},
         'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'view'},
         'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'tom'}]}
        """;
    String template = "{'metadata':{'name':'tom'},'spec':{'objects':[%s]}}";
    AccessRig.Answer made = post(ROOT + "tenanttemplates", tom, template.formatted(binding));
    ok(403, made);
    assertThat(message(made))
        .contains("Resources:[\"clusterrolebindings\"], Verbs:[\"create\"]")
        .contains("Resources:[\"pods\"]");
    String map =
        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'m','namespace':'default'}}";
    ok(403, post(ROOT + "tenanttemplates", tom, template.formatted(map)));
    ok(201, post(ROOT + "tenanttemplates", tom, template.formatted("")));
    ok(403, patch(ROOT + "tenanttemplates/tom", tom, "{'spec':{'objects':[" + map + "]}}"));
    ok(200, patch(ROOT + "tenanttemplates/tom", rig.admin(), "{'spec':{'objects':[" + map + "]}}"));
    ok(200, patch(ROOT + "tenanttemplates/tom", tom, "{'metadata':{'labels':{'a':'b'}}}"));
    AccessRig.Answer policy =
        post(
            ROOT + "tenantrequestpolicies",
            tom,
            "{'metadata':{'name':'tom'},'spec':{'users':['tom']}}");
    ok(403, policy);
    assertThat(message(policy)).contains("tenantrequests/approval");
  }
}

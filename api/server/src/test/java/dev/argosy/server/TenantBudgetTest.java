package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Budgets through HTTP, with PostgreSQL. A core costs 1 EUR in a second here. */
class TenantBudgetTest {

  private static final String BUDGETS = "/apis/tenancy.argosy.dev/v1/tenantbudgets";
  private static AccessRig rig;
  private static String ann;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    rig.tenant("initech", "ian");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static AccessRig.Answer call(
      String method, String path, String token, @Nullable String body) throws Exception {
    return rig.call(method, path, token, body == null ? null : body.replace('\'', '"'));
  }

  private static JsonNode budget(String name) throws Exception {
    return AccessRig.ok(200, call("GET", BUDGETS + "/" + name, rig.admin(), null));
  }

  private static String pod(String name) {
    return "{'metadata':{'name':'"
        + name
        + "'},'spec':{'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'2'}}}]}}";
  }

  private static String workload(String name, int replicas) {
    return "{'metadata':{'name':'"
        + name
        + "'},'spec':{'replicas':"
        + replicas
        + ",'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}";
  }

  private static void refused(AccessRig.Answer answer) {
    assertThat(answer.code()).as(answer.body()).isEqualTo(403);
    assertThat(answer.json().path("reason").asString("")).isEqualTo("Forbidden");
    assertThat(answer.json().path("message").asString(""))
        .contains("the budget of tenant acme for ", " is spent (", " of 3 EUR)")
        .endsWith("but nothing new is started before the next month or a higher budget");
  }

  @Test
  void whenItIsSpentNothingNewStartsAndNothingEnds() throws Exception {
    String pods = "/clusters/acme/api/v1/namespaces/default/pods";
    String apps = "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
    String services = "/clusters/acme/api/v1/namespaces/default/services";
    AccessRig.ok(201, call("POST", pods, ann, pod("runs")));
    AccessRig.ok(
        201,
        call(
            "POST",
            pods + "/runs/binding",
            rig.admin(),
            "{'metadata':{'name':'runs'},'target':{'kind':'Node','name':'n1'}}"));
    AccessRig.ok(201, call("POST", apps, ann, workload("web", 2)));
    AccessRig.ok(
        201,
        call(
            "POST",
            BUDGETS,
            rig.admin(),
            "{'metadata':{'name':'acme'},'spec':{'monthly':'3','alertAt':[50,90],'whenSpent':'RefuseNew'}}"));
    AccessRig.await(() -> budget("acme").path("status").path("refusing").asBoolean(false));
    JsonNode status = budget("acme").path("status");
    assertThat(status.path("currency").asString("")).isEqualTo("EUR");
    assertThat(status.path("reached").asInt(0)).isEqualTo(90);
    JsonNode condition = status.path("conditions").path(0);
    assertThat(condition.path("type").asString("")).isEqualTo("Exceeded");
    assertThat(condition.path("status").asString("")).isEqualTo("True");
    assertThat(condition.path("message").asString("")).contains(" of 3 EUR in ");

    refused(call("POST", pods, ann, pod("new")));
    refused(call("POST", pods, rig.admin(), pod("new")));
    refused(call("POST", pods + "?dryRun=All", ann, pod("new")));
    refused(call("POST", apps, ann, workload("more", 1)));
    refused(call("PATCH", apps + "/web", ann, "{'spec':{'replicas':3}}"));
    refused(call("PATCH", apps + "/web/scale", ann, "{'spec':{'replicas':3}}"));
    refused(
        call(
            "POST",
            services,
            ann,
            "{'metadata':{'name':'lb'},'spec':{'type':'LoadBalancer','ports':[{'port':80}]}}"));
    refused(
        call(
            "POST",
            "/clusters/acme/apis/batch/v1/namespaces/default/jobs",
            ann,
            "{'metadata':{'name':'j'},'spec':{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}}"));

    // what is there goes on, can be changed and made smaller
    AccessRig.ok(200, call("GET", pods + "/runs", ann, null));
    AccessRig.ok(200, call("PATCH", apps + "/web", ann, "{'metadata':{'labels':{'x':'y'}}}"));
    AccessRig.ok(200, call("PATCH", apps + "/web/scale", ann, "{'spec':{'replicas':1}}"));
    AccessRig.ok(
        201,
        call(
            "POST", services, ann, "{'metadata':{'name':'plain'},'spec':{'ports':[{'port':80}]}}"));
    assertThat(replacedByALoop()).isTrue();
    // others are not concerned
    AccessRig.ok(
        201, call("POST", "/clusters/globex/api/v1/namespaces/default/pods", gus, pod("mine")));

    told("", rig.admin());
    told("/clusters/acme", ann);
    AccessRig.ok(
        200, call("PATCH", BUDGETS + "/acme", rig.admin(), "{'spec':{'monthly':'100000000'}}"));
    AccessRig.await(() -> call("POST", pods, ann, pod("later")).code() == 201);
    AccessRig.await(() -> budget("acme").path("status").path("reached").asInt(0) == 0);
  }

  private static boolean replacedByALoop() {
    ObjectNode pod = Json.parse(pod("again").replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return rig.server
            .clients()
            .as(UserInfo.system("controller:replicaset-controller"))
            .create(ResourceScope.namespace(new GroupResource("", "pods"), "acme", "default"), pod)
        instanceof ApiResult.Ok;
  }

  private static void told(String place, String token) throws Exception {
    AccessRig.await(() -> {
      String events = call("GET", place + "/api/v1/namespaces/default/events", token, null).body();
      return events.contains("BudgetSpent") && events.contains("new workloads are refused");
    });
  }

  @Test
  void alertsAlone() throws Exception {
    String pods = "/clusters/globex/api/v1/namespaces/default/pods";
    AccessRig.ok(201, call("POST", pods, gus, pod("costs")));
    AccessRig.ok(
        201,
        call(
            "POST",
            pods + "/costs/binding",
            rig.admin(),
            "{'metadata':{'name':'costs'},'target':{'kind':'Node','name':'n1'}}"));
    AccessRig.ok(
        201,
        call(
            "POST",
            BUDGETS,
            rig.admin(),
            "{'metadata':{'name':'globex'},'spec':{'monthly':'1','alertAt':[100]}}"));
    AccessRig.await(() -> budget("globex").path("status").path("reached").asInt(0) == 100);
    assertThat(budget("globex").path("status").path("refusing").asBoolean(false)).isFalse();
    AccessRig.ok(201, call("POST", pods, gus, pod("goes-on")));
  }

  @Test
  void badOnesAreRefused() throws Exception {
    AccessRig.Answer answer =
        call("POST", BUDGETS, rig.admin(), "{'metadata':{'name':'x'},'spec':{'monthly':'-1'}}");
    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.body()).contains("must be an amount of money such as 500 or 499.90");
    answer =
        call("POST", BUDGETS, rig.admin(), "{'metadata':{'name':'root'},'spec':{'monthly':'1'}}");
    assertThat(answer.code()).isEqualTo(422);
  }

  @Test
  void onlyAdministratorsOfTheTenantSeeIt() throws Exception {
    AccessRig.ok(
        201,
        call(
            "POST",
            BUDGETS,
            rig.admin(),
            "{'metadata':{'name':'initech'},'spec':{'monthly':'7','alertAt':[100]}}"));
    String root = "/clusters/root" + BUDGETS;
    assertThat(call("GET", BUDGETS, ann, null).code()).isIn(403, 404);
    assertThat(AccessRig.ok(200, call("GET", root, ann, null)).path("items").toString())
        .doesNotContain("initech");
    assertThat(call("GET", root + "/initech", ann, null).code()).isEqualTo(403);
    assertThat(call("GET", root + "/initech", rig.issuer.token("ian"), null).code()).isEqualTo(200);
  }
}

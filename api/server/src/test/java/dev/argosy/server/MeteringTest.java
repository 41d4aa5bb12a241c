package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What tenants and the platform see of usage, through HTTP, with PostgreSQL. */
class MeteringTest {

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

  private static JsonNode write(
      int code, String method, String path, String token, @Nullable String body) throws Exception {
    return AccessRig.ok(
        code, rig.call(method, path, token, body == null ? null : body.replace('\'', '"')));
  }

  private static String pods(String tenant) {
    return "/clusters/" + tenant + "/api/v1/namespaces/default/pods";
  }

  /** A pod that runs on a node, with half a core and 64 MiB. */
  private static void run(String tenant, String name, String app) throws Exception {
    write(
        201,
        "POST",
        pods(tenant),
        rig.admin(),
        "{'metadata':{'name':'"
            + name
            + "','labels':{'app':'"
            + app
            + "','other':'x'}},'spec':{'containers':[{'name':'c','image':'i','resources':"
            + "{'requests':{'cpu':'500m','memory':'64Mi','example.com/gpu':'1'},'limits':{'example.com/gpu':'1'}}}]}}");
    write(
        201,
        "POST",
        pods(tenant) + "/" + name + "/binding",
        rig.admin(),
        "{'metadata':{'name':'" + name + "'},'target':{'kind':'Node','name':'n1'}}");
  }

  private static AccessRig.Answer ask(String place, @Nullable String token, String query)
      throws Exception {
    return rig.call("GET", place + "/usage?" + query, token, null);
  }

  private static JsonNode report(String place, String token, String query) throws Exception {
    return AccessRig.ok(200, ask(place, token, query));
  }

  private static BigDecimal amount(JsonNode report, String resource, String... fields) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode item : report.path("items")) {
      boolean meant = item.path("resource").asString("").equals(resource);
      for (int i = 0; i < fields.length; i += 2) {
        meant &= item.at(fields[i]).asString("").equals(fields[i + 1]);
      }
      sum = meant ? sum.add(item.path("allocated").decimalValue()) : sum;
    }
    return sum;
  }

  /** Waits until something counts. */
  private static JsonNode counting(String place, String token, String query, String resource)
      throws Exception {
    AccessRig.await(() -> amount(report(place, token, query), resource).signum() > 0);
    return report(place, token, query);
  }

  @Test
  void aPodCountsFromItsNodeToItsEndForItsTenantAlone() throws Exception {
    run("acme", "web", "shop");
    JsonNode seen = counting("", ann, "by=tenant,namespace,label:app", "cpu");
    String[] mine = {"/tenant", "acme", "/namespace", "default", "/labels/app", "shop"};
    assertThat(amount(seen, "cpu", mine)).isPositive();
    assertThat(amount(seen, "memory", mine))
        .isEqualByComparingTo(amount(seen, "cpu", mine).multiply(BigDecimal.valueOf(128 << 20)));
    assertThat(amount(seen, "example.com/gpu", mine))
        .isEqualByComparingTo(amount(seen, "cpu", mine).multiply(BigDecimal.TWO));
    assertThat(seen.path("items").path(0).path("unit").asString("")).isEqualTo("core-seconds");
    assertThat(seen.path("items").path(0).has("used")).as("nobody measures that").isFalse();
    assertThat(report("", gus, "by=tenant").path("items")).isEmpty();
    assertThat(amount(report("", rig.admin(), "by=tenant"), "cpu", "/tenant", "acme")).isPositive();
    assertThat(report("", rig.admin(), "tenant=globex").path("items")).isEmpty();
    assertThat(amount(report("", rig.admin(), "tenant=acme"), "pods")).isPositive();
    write(200, "DELETE", pods("acme") + "/web?gracePeriodSeconds=0", rig.admin(), null);
    AccessRig.await(() -> {
      BigDecimal one = amount(report("", ann, ""), "pods");
      return amount(report("", ann, ""), "pods").equals(one);
    });
    assertThat(report("", ann, "step=hour").path("items").path(0).path("from").asString(""))
        .endsWith(":00:00Z");
  }

  @Test
  void aPodThatIsOverNoLongerCounts() throws Exception {
    run("globex", "job", "batch");
    counting("", gus, "", "pods");
    write(
        200,
        "PATCH",
        pods("globex") + "/job/status",
        rig.admin(),
        "{'status':{'phase':'Succeeded'}}");
    AccessRig.await(() -> {
      BigDecimal one = amount(report("", gus, ""), "pods");
      return amount(report("", gus, ""), "pods").equals(one);
    });
    // what never got a node is not charged
    write(
        201,
        "POST",
        pods("globex"),
        gus,
        "{'metadata':{'name':'waits','labels':{'app':'waits'}},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    write(200, "DELETE", pods("globex") + "/job?gracePeriodSeconds=0", rig.admin(), null);
    JsonNode all = report("", gus, "by=label:app");
    assertThat(amount(all, "pods", "/labels/app", "waits")).isZero();
  }

  @Test
  void claimsAndLoadBalancersCount() throws Exception {
    String space = "/clusters/acme/api/v1/namespaces/default/";
    write(
        201,
        "POST",
        space + "persistentvolumeclaims",
        ann,
        "{'metadata':{'name':'data'},'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}");
    write(
        200,
        "PATCH",
        space + "persistentvolumeclaims/data/status",
        rig.admin(),
        "{'status':{'phase':'Bound','capacity':{'storage':'2Gi'}}}");
    write(
        201,
        "POST",
        space + "services",
        ann,
        "{'metadata':{'name':'front'},'spec':{'type':'LoadBalancer','ports':[{'port':80}]}}");
    JsonNode seen = counting("", ann, "", "storage");
    assertThat(amount(seen, "storage").remainder(BigDecimal.valueOf(2))).isNotNegative();
    seen = counting("", ann, "", "loadbalancers");
    assertThat(amount(seen, "addresses")).isZero();
    write(
        200,
        "PATCH",
        space + "services/front/status",
        rig.admin(),
        "{'status':{'loadBalancer':{'ingress':[{'ip':'203.0.113.7'}]}}}");
    counting("", ann, "", "addresses");
    write(200, "PATCH", space + "services/front", ann, "{'spec':{'type':'ClusterIP'}}");
    AccessRig.await(() -> {
      BigDecimal one = amount(report("", ann, ""), "loadbalancers");
      return amount(report("", ann, ""), "loadbalancers").equals(one);
    });
  }

  @Test
  void nodesTellWhatThereIs() throws Exception {
    write(
        201,
        "POST",
        "/api/v1/nodes",
        rig.admin(),
        "{'metadata':{'name':'n7','labels':{'argosy.dev/pool':'default'}},'status':{'allocatable':{'cpu':'4','memory':'8Gi'}}}");
    write(
        200,
        "PATCH",
        "/api/v1/nodes/n7/status",
        rig.admin(),
        "{'status':{'allocatable':{'cpu':'4','memory':'8Gi'}}}");
    counting("", rig.admin(), "tenant=root", "capacity.cpu");
    assertThat(amount(report("", ann, ""), "capacity.cpu")).isZero();
  }

  @Test
  void whatIsAllocatedNowIsMeasured() throws Exception {
    run("globex", "measured", "m");
    AccessRig.await(() ->
        rig.call("GET", "/metrics", gus, null)
            .body()
            .contains("argosy_allocated{resource=\"example.com/gpu\"} "));
    assertThat(rig.call("GET", "/clusters/globex/metrics", ann, null).code()).isEqualTo(403);
    assertThat(rig.call("GET", "/metrics", ann, null).body()).doesNotContain("globex");
  }

  @Test
  void usageHasAPrice() throws Exception {
    run("acme", "priced", "priced");
    AccessRig.await(
        () -> amount(report("", ann, "by=label:app"), "cpu", "/labels/app", "priced").signum() > 0);
    JsonNode seen = report("", ann, "by=label:app&cost=true");
    assertThat(seen.path("currency").asString("")).isEqualTo("EUR");
    for (JsonNode item : seen.path("items")) {
      BigDecimal own = item.path("cost").decimalValue();
      if (item.path("resource").asString("").equals("cpu")) {
        // a core costs 1 in a second
        assertThat(own.subtract(item.path("allocated").decimalValue()).abs())
            .isLessThan(new BigDecimal("0.000002"));
      }
      assertThat(item.path("totalCost").decimalValue()).isGreaterThanOrEqualTo(own);
    }
    assertThat(seen.toString()).doesNotContain("globex", "capacity", "platform");
    assertThat(ask("", ann, "cost=true&format=csv").body().lines().findFirst().orElse(""))
        .isEqualTo("from,resource,unit,allocated,used,cost,idleCost,sharedCost,totalCost,currency");
    assertThat(ask("/clusters/globex", ann, "cost=true").code()).isEqualTo(403);
    whatAllResourcesCostTogether();
  }

  private static void whatAllResourcesCostTogether() throws Exception {
    JsonNode only = report("", ann, "cost=only&by=label:app&step=hour");
    assertThat(only.path("items")).isNotEmpty();
    for (JsonNode item : only.path("items")) {
      assertThat(item.propertyNames())
          .containsExactlyInAnyOrder(
              "from", "labels", "cost", "idleCost", "sharedCost", "totalCost");
    }
    assertThat(only.path("items").toString()).containsOnlyOnce("\"app\":\"priced\"");
    assertThat(ask("", ann, "cost=only&format=csv").body().lines().findFirst().orElse(""))
        .isEqualTo("from,cost,idleCost,sharedCost,totalCost,currency");
    assertThat(report("", ann, "cost=if-priced").path("currency").asString("")).isEqualTo("EUR");
    JsonNode free = report("", ann, "");
    assertThat(free.path("priced").asBoolean(false)).isTrue();
    assertThat(free.has("currency")).isFalse();
    assertThat(free.path("labelKeys").toString()).isEqualTo("[\"app\",\"team\"]");
    JsonNode some = report("", ann, "resource=memory,cpu&cost=true");
    assertThat(some.path("items")).hasSize(2);
    assertThat(report("", ann, "resource=unknown").path("items")).isEmpty();
  }

  @Test
  void asCsv() throws Exception {
    run("acme", "sheet", "formula");
    AccessRig.await(() ->
        amount(report("", ann, "by=label:app"), "cpu", "/labels/app", "formula").signum() > 0);
    AccessRig.Answer csv = ask("", ann, "by=namespace,label:app&format=csv&step=day");
    assertThat(csv.code()).isEqualTo(200);
    List<String> lines = csv.body().lines().toList();
    assertThat(lines.getFirst()).isEqualTo("from,namespace,label:app,resource,unit,allocated,used");
    assertThat(lines)
        .anyMatch(line ->
            line.matches(
                "\\d{4}-\\d\\d-\\d\\dT00:00:00Z,default,formula,cpu,core-seconds,[0-9.]+,"));
  }

  private static AccessRig.Answer quotas(String place, @Nullable String token, String query)
      throws Exception {
    return rig.call("GET", place + "/quota-history?" + query, token, null);
  }

  private static boolean sampled(AccessRig.Answer answer, String quota) {
    for (JsonNode item : AccessRig.ok(200, answer).path("items")) {
      if (item.path("quota").asString("").equals(quota)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void whatIsUsedOfQuotasIsKeptForThoseWhoSeeTheTenant() throws Exception {
    String root = "/apis/tenancy.argosy.dev/v1/";
    write(
        201,
        "POST",
        root + "tenantquotas",
        rig.admin(),
        "{'apiVersion':'tenancy.argosy.dev/v1','kind':'TenantQuota','metadata':{'name':'acme.maps'},"
            + "'spec':{'tenant':'acme','hard':{'count/configmaps':'100'}}}");
    write(
        201,
        "POST",
        root + "members",
        rig.admin(),
        "{'apiVersion':'tenancy.argosy.dev/v1','kind':'Member','metadata':{'name':'acme.vic'},"
            + "'spec':{'tenant':'acme','role':'viewer','subject':{'kind':'User','name':'vic'}}}");
    String vic = rig.issuer.token("vic");
    AccessRig.await(() -> quotas("/clusters/acme", vic, "").code() == 200);
    AccessRig.await(() -> sampled(quotas("/clusters/acme", vic, ""), "acme.maps"));
    for (JsonNode item : quotas("", ann, "").json().path("items")) {
      assertThat(item.path("quota").asString("")).startsWith("acme.");
      assertThat(item.path("at").asString("")).endsWith(":00:00Z");
      if (item.path("quota").asString("").equals("acme.maps")) {
        assertThat(item.path("hard").path("count/configmaps").asInt()).isEqualTo(100);
        assertThat(item.path("used").path("count/configmaps").isNumber()).isTrue();
      }
    }
    assertThat(sampled(quotas("", rig.admin(), "tenant=acme"), "acme.maps")).isTrue();
    assertThat(sampled(quotas("", gus, ""), "acme.maps")).isFalse();
    assertThat(
            quotas("", ann, "to=2020-01-01T00:00:00Z&from=2019-01-01T00:00:00Z")
                .json()
                .path("items"))
        .isEmpty();
    assertThat(quotas("/clusters/acme", gus, "").code()).isEqualTo(403);
    assertThat(quotas("", gus, "tenant=acme").code()).isEqualTo(403);
    assertThat(quotas("/clusters/root", vic, "tenant=acme").code()).isEqualTo(403);
    assertThat(quotas("/clusters/acme", rig.issuer.token("eve"), "").code()).isEqualTo(403);
    for (String[] bad :
        new String[][] {
          {"", "tenant must be the name of a tenant"},
          {"tenant=nobody", "there is no tenant \"nobody\""},
          {"tenant=acme&from=now", "from must be a time"},
          {"tenant=acme&to=2020-01-01T00:00:00Z", "from must be before to"},
          {"tenant=acme&step=day", "unknown parameter \"step\""},
        }) {
      AccessRig.Answer answer = quotas("", rig.admin(), bad[0]);
      assertThat(answer.code()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().path("message").asString("")).contains(bad[1]);
    }
    assertThat(rig.call("POST", "/quota-history", ann, "{}").code()).isEqualTo(405);
  }

  @Test
  void badQuestionsGetWords() throws Exception {
    for (String[] bad :
        new String[][] {
          {"from=yesterday", "from must be a time such as 2026-01-31T00:00:00Z"},
          {"to=9999-01-01T00:00:00Z", "to must be a time such as"},
          {"from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from must be before to"},
          {"by=pod", "by must be tenant, namespace or label:KEY"},
          {"by=label:secret", "(app, team), not \"label:secret\""},
          {"by=tenant,tenant", "by names something twice"},
          {"resource=cpu'", "resource must be names of resources such as cpu,memory"},
          {"step=week", "step must be hour, day, month or total, not \"week\""},
          {"format=xml", "format must be json or csv, not \"xml\""},
          {"groupBy=tenant", "unknown parameter \"groupBy\""},
        }) {
      AccessRig.Answer answer = ask("", ann, bad[0]);
      assertThat(answer.code()).as(answer.body()).isEqualTo(400);
      assertThat(answer.json().path("reason").asString("")).isEqualTo("BadRequest");
      assertThat(answer.json().path("message").asString("")).contains(bad[1]);
    }
    assertThat(ask("", rig.admin(), "tenant=%00").code()).isEqualTo(400);
    assertThat(rig.call("POST", "/usage", ann, "{}").code()).isEqualTo(405);
    assertThat(ask("", ann, "from=1970-01-01T00:00:00Z&step=hour").code()).isEqualTo(200);
  }

  @Test
  void nobodySeesAnothersUsage() throws Exception {
    assertThat(ask("/clusters/globex", ann, "").code()).isEqualTo(403);
    assertThat(ask("/clusters/acme", rig.issuer.token("eve"), "").code()).isEqualTo(403);
    assertThat(ask("/clusters/nowhere", ann, "").code()).isIn(403, 404);
    assertThat(ask("/clusters/acme", null, "").code()).isIn(401, 403);
    assertThat(ask("", ann, "tenant=globex").code()).isEqualTo(403);
    assertThat(ask("", ann, "tenant=acme").code()).isEqualTo(200);
  }
}

package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.use.Counters;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.Moment;
import dev.argosy.model.use.PodUse;
import dev.argosy.model.use.UseReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What nodes report and who sees it, through HTTP, with PostgreSQL. */
class UseTest {

  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1";
  private static final String PODS = "/api/v1/namespaces/default/pods";

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
    for (String node : List.of("n1", "n2")) {
      write(
          "POST",
          "/api/v1/nodes",
          "{'metadata':{'name':'"
              + node
              + "','labels':{'argosy.dev/pool':'default','disk':'"
              + node
              + "'}},'status':{'capacity':{'cpu':'4','memory':'8Gi'}}}");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static JsonNode write(String method, String path, @Nullable String body)
      throws Exception {
    AccessRig.Answer answer =
        rig.call(method, path, rig.admin(), body == null ? null : body.replace('\'', '"'));
    assertThat(answer.code()).as(answer.body()).isBetween(200, 201);
    return answer.json();
  }

  /** A running pod; returns its uid. */
  private static String run(String tenant, String name, String node) throws Exception {
    String pods = "/clusters/" + tenant + PODS;
    JsonNode pod =
        write(
            "POST",
            pods,
            "{'metadata':{'name':'"
                + name
                + "','labels':{'app':'"
                + name
                + "'}},'spec':{'containers':[{'name':'c','image':'i'},{'name':'d','image':'i'}]}}");
    write(
        "POST",
        pods + "/" + name + "/binding",
        "{'metadata':{'name':'" + name + "'},'target':{'kind':'Node','name':'" + node + "'}}");
    write("PATCH", pods + "/" + name + "/status", "{'status':{'phase':'Running'}}");
    ok(200, get(pods + "/" + name, rig.admin())); // the cache has it then, too
    return pod.at("/metadata/uid").asString("");
  }

  private static InstanceUse container(
      String uid, String name, long uptime, long cpuNanos, long memory) {
    return new InstanceUse(
        uid + "-" + name,
        name,
        new Moment(3_600_000, 0, uptime, false),
        new Counters(cpuNanos, memory, 0, 0));
  }

  private static InstanceUse network(String uid, long uptime, long received, long sent) {
    return new InstanceUse(
        uid + "-net",
        "",
        new Moment(3_600_000, 0, uptime, false),
        new Counters(0, 0, received, sent));
  }

  private static PodUse pod(String uid, InstanceUse... instances) {
    return new PodUse(new PodRef("x", "y", "z", uid), List.of(instances));
  }

  private static AccessRig.Answer report(String node, long uptime, PodUse... pods)
      throws Exception {
    Counters machine = new Counters(uptime * 2_000_000, 1L << 30, 0, 0);
    UseReport report = new UseReport("boot-" + node, uptime, machine, List.of(pods));
    return rig.asNode(
        node, "POST", UseReport.PATH, new String(report.toBytes(), StandardCharsets.UTF_8));
  }

  private static AccessRig.Answer get(String path, String token) throws Exception {
    return rig.call("GET", path, token, null);
  }

  @Test
  void metricsAreThoseOfTheTwoNewestReports() throws Exception {
    String uid = run("acme", "web", "n1");
    String other = run("globex", "db", "n1");
    String mine = METRICS + "/namespaces/default/pods/web";
    assertThat(ok(404, get(mine, ann)).path("message").asString(""))
        .isEqualTo("podmetrics.metrics.k8s.io \"default/web\" not found");
    JsonNode missing = ok(404, get(METRICS + "/namespaces/default/pods/none", ann));
    assertThat(missing.path("message").asString("")).isEqualTo("pods \"none\" not found");
    for (long uptime : new long[] {1_000_000, 1_015_000}) {
      long busy = uptime * 250_000; // a quarter of a core
      ok(
          200,
          report(
              "n1",
              uptime,
              pod(
                  uid,
                  container(uid, "c", uptime, busy, 64 << 20),
                  container(uid, "d", uptime, 0, 1 << 20),
                  network(uid, uptime, uptime, uptime * 2)),
              pod(other, container(other, "c", uptime, busy * 4, 1 << 30))));
    }
    JsonNode seen = ok(200, get(mine, ann));
    assertThat(seen.path("kind").asString("")).isEqualTo("PodMetrics");
    assertThat(seen.path("window").asString("")).isEqualTo("15s");
    assertThat(seen.at("/containers/0/name").asString("")).isEqualTo("c");
    assertThat(seen.at("/containers/0/usage/cpu").asString("")).isEqualTo("250m");
    assertThat(seen.at("/containers/0/usage/memory").asString("")).isEqualTo("64Mi");
    assertThat(seen.at("/containers/1/usage/cpu").asString("")).isEqualTo("0");
    assertThat(seen.at("/metadata/labels/app").asString("")).isEqualTo("web");
    assertThat(seen.at("/metadata/namespace").asString("")).isEqualTo("default");
    // lists, selectors, tables
    assertThat(ok(200, get(METRICS + "/pods", ann)).path("items")).hasSize(1);
    assertThat(ok(200, get(METRICS + "/pods", ann)).path("kind").asString(""))
        .isEqualTo("PodMetricsList");
    assertThat(ok(200, get(METRICS + "/pods?labelSelector=app%3Ddb", ann)).path("items")).isEmpty();
    assertThat(ok(200, get(METRICS + "/pods?labelSelector=app%3Dweb", ann)).path("items"))
        .hasSize(1);
    assertThat(ok(200, get(METRICS + "/pods?fieldSelector=metadata.name%3Dweb", ann)).path("items"))
        .hasSize(1);
    assertThat(get(METRICS + "/pods?labelSelector=%3D%3D", ann).code()).isEqualTo(400);
    assertThat(get(METRICS + "/pods?watch=1", ann).code()).isEqualTo(405);
    assertThat(rig.call("DELETE", mine, ann, null).code()).isEqualTo(405);
    JsonNode table =
        rig.call(
                "GET",
                METRICS + "/namespaces/default/pods",
                ann,
                null,
                "Accept",
                "application/json;as=Table;v=v1;g=meta.k8s.io")
            .json();
    assertThat(table.at("/columnDefinitions/1/name").asString("")).isEqualTo("cpu");
    assertThat(table.at("/rows/0/cells").toString())
        .isEqualTo("[\"web\",\"250m\",\"65Mi\",\"15s\"]");
    // each tenant its own; a node shows a tenant what its own pods use there
    assertThat(ok(200, get(METRICS + "/pods", gus)).toString()).doesNotContain("web");
    assertThat(ok(200, get(METRICS + "/nodes/n1", ann)).at("/usage/cpu").asString(""))
        .isEqualTo("250m");
    assertThat(ok(200, get(METRICS + "/nodes/n1", gus)).at("/usage/memory").asString(""))
        .isEqualTo("1Gi");
    assertThat(ok(200, get(METRICS + "/nodes/n1", rig.admin())).at("/usage/cpu").asString(""))
        .isEqualTo("2");
    assertThat(get("/clusters/globex" + METRICS + "/pods", ann).code()).isEqualTo(403);
    // a node that has said nothing
    assertThat(ok(404, get(METRICS + "/nodes/n2", ann)).path("message").asString(""))
        .isEqualTo("nodemetrics.metrics.k8s.io \"n2\" not found");
    assertThat(ok(404, get(METRICS + "/nodes/n9", ann)).path("message").asString(""))
        .isEqualTo("nodes \"n9\" not found");
    assertThat(ok(200, get(METRICS + "/nodes?labelSelector=disk%3Dn1", ann)).path("items"))
        .hasSize(1);
    assertThat(ok(200, get(METRICS + "/nodes?labelSelector=disk%3Dn2", ann)).path("items"))
        .isEmpty();
    assertThat(get("/metrics", gus).body()).contains("argosy_used{resource=\"cpu\"} 1.0");
    assertThat(get("/metrics", ann).body()).contains("argosy_used{resource=\"network.out\"} ");
  }

  private static JsonNode usage(String token, String query) throws Exception {
    return ok(200, get("/usage?by=label:app" + query, token));
  }

  private static JsonNode item(JsonNode usage, String app, String resource) {
    for (JsonNode item : usage.path("items")) {
      if (item.at("/labels/app").asString("").equals(app)
          && item.path("resource").asString("").equals(resource)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  @Test
  void whatIsUsedIsInTheLedgerOnce() throws Exception {
    String uid = run("acme", "counted", "n6");
    long cpu = 50_000_000_000L;
    PodUse first =
        pod(uid, container(uid, "c", 1_000, cpu, 1 << 20), network(uid, 1_000, 1000, 1L << 20));
    PodUse second =
        pod(
            uid,
            container(uid, "c", 9_000, cpu + 3_000_000_000L, 1 << 20),
            network(uid, 9_000, 1777, 3L << 20));
    assertThat(ok(200, report("n6", 1_000, first)).path("kept").asBoolean(false)).isTrue();
    for (int i = 0; i < 3; i++) {
      ok(200, report("n6", 9_000, second));
      ok(200, report("n6", 1_000, first));
    }
    // another node says the same of the same pod
    ok(200, report("n7", 9_000, second));
    AccessRig.await(() -> item(usage(ann, ""), "counted", "cpu").path("allocated").isNumber());
    JsonNode seen = usage(ann, "&cost=true");
    JsonNode used = item(seen, "counted", "cpu");
    assertThat(used.path("used").decimalValue()).isEqualByComparingTo("3");
    assertThat(used.path("cost").decimalValue()).isEqualByComparingTo("0.3");
    JsonNode in = item(seen, "counted", "network.in");
    assertThat(in.path("used").decimalValue()).isEqualByComparingTo("777");
    assertThat(in.path("unit").asString("")).isEqualTo("bytes");
    assertThat(item(seen, "counted", "network.out").path("cost").decimalValue())
        .isEqualByComparingTo("0.001953");
    assertThat(item(seen, "counted", "memory").path("unit").asString("")).isEqualTo("byte-seconds");
    assertThat(get("/usage?by=namespace,label:app&format=csv", ann).body())
        .contains("default,counted,network.in,bytes,0,777");
    assertThat(usage(gus, "").toString()).doesNotContain("\"counted\"");
    JsonNode all = ok(200, get("/usage?by=tenant", rig.admin()));
    assertThat(all.toString()).contains("network.in");
    assertThat(item(usage(rig.admin(), "&tenant=acme"), "counted", "cpu").path("used"))
        .isEqualTo(used.path("used"));
  }

  @Test
  void discoveryAndOpenApiKnowIt() throws Exception {
    JsonNode group = ok(200, get("/apis/metrics.k8s.io", ann));
    assertThat(group.at("/preferredVersion/groupVersion").asString(""))
        .isEqualTo("metrics.k8s.io/v1beta1");
    JsonNode resources = ok(200, get(METRICS, ann)).path("resources");
    assertThat(resources).hasSize(2);
    assertThat(resources.toString()).contains("NodeMetrics", "PodMetrics");
    assertThat(get("/openapi/v3/apis/metrics.k8s.io/v1beta1", ann).body()).contains("PodMetrics");
    assertThat(get("/openapi/v2", ann).body()).contains("v1beta1.PodMetrics");
  }

  @Test
  void viewersReadMetricsOfTheirNamespaces() throws Exception {
    write(
        "POST",
        "/clusters/acme/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
        "{'metadata':{'name':'eve'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'ClusterRole','name':'view'},'subjects':[{'apiGroup':'rbac.authorization.k8s.io','kind':'User','name':'eve'}]}");
    String eve = rig.issuer.token("eve");
    String acme = "/clusters/acme";
    AccessRig.await(() -> get(acme + METRICS + "/namespaces/default/pods", eve).code() == 200);
    assertThat(get(acme + METRICS + "/namespaces/kube-system/pods", eve).code()).isEqualTo(403);
    assertThat(get(acme + METRICS + "/nodes", eve).code()).isEqualTo(403);
    assertThat(get("/clusters/globex" + METRICS + "/pods", eve).code()).isEqualTo(403);
    String uid = run("acme", "seen", "n2");
    for (long uptime : new long[] {2_000_000, 2_010_000}) {
      ok(
          200,
          report(
              "n2",
              uptime,
              pod(
                  uid,
                  container(uid, "c", uptime, uptime * 1000, 1 << 20),
                  container(uid, "d", uptime, 0, 0))));
    }
    assertThat(ok(200, get(acme + METRICS + "/pods", eve)).toString()).contains("seen");
  }

  @Test
  void onlyANodeReportsAndOnlyOnItsOwnPods() throws Exception {
    String uid = run("acme", "own", "n3");
    String path = UseReport.PATH;
    String empty = new String(reportBytes(), StandardCharsets.UTF_8);
    assertThat(rig.call("POST", path, ann, empty).code()).isEqualTo(403);
    assertThat(rig.call("POST", path, rig.admin(), empty).code()).isEqualTo(403);
    assertThat(rig.call("POST", path, null, empty).code()).isIn(401, 403);
    assertThat(rig.asNode("n3", "GET", path, null).code()).isIn(403, 405);
    assertThat(rig.asNode("n3", "POST", "/usage", empty).code()).isEqualTo(403);
    for (long uptime : new long[] {1_000, 20_000}) {
      PodUse claimed =
          pod(
              uid,
              container(uid, "c", uptime, uptime * 1000, 1 << 20),
              container(uid, "d", uptime, 0, 0));
      report("n4", uptime, claimed);
    }
    assertThat(get(METRICS + "/namespaces/default/pods/own", ann).code()).isEqualTo(404);
  }

  private static byte[] reportBytes() {
    return new UseReport("b", 1, Counters.NONE, List.of()).toBytes();
  }

  @Test
  void whatIsNoReportOrCannotBeTrueIsRefused() throws Exception {
    String uid = run("acme", "liar", "n5");
    for (String bad :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "7",
            "{}",
            "{\"boot\":\"b\",\"uptime\":-1,\"machine\":{},\"pods\":[]}",
            "{\"boot\":\"b\",\"uptime\":1,\"machine\":null,\"pods\":[]}",
            "{\"boot\":\"b\",\"uptime\":1,\"machine\":{},\"pods\":[null]}",
            "{\"boot\":\"b\",\"uptime\":1,\"machine\":{},\"pods\":[{}]}",
            "{\"boot\":\"b\",\"uptime\":1e99,\"machine\":{},\"pods\":[]}",
            "{\"boot\":\"b\",\"uptime\":1,\"machine\":{\"cpuNanos\":-5},\"pods\":[]}",
            "{\"boot\":\"b\",\"uptime\":1,\"machine\":{},\"pods\":[{\"pod\":{\"cluster\":\"a\",\"namespace\":\"b\",\"name\":\"c\",\"uid\":\"u\"},\"instances\":[{\"id\":\"i\",\"container\":\"c\"}]}]}")) {
      AccessRig.Answer answer = rig.asNode("n5", "POST", UseReport.PATH, bad);
      assertThat(answer.code()).as(bad + answer.body()).isEqualTo(400);
      assertThat(answer.json().path("message").asString(""))
          .startsWith("the report of use cannot be read: ")
          .doesNotContain("dev.argosy", "java.");
    }
    write(
        "POST",
        "/api/v1/nodes",
        "{'metadata':{'name':'n5','labels':{'argosy.dev/pool':'default'}},'status':{'capacity':{'cpu':'2','memory':'1Gi'}}}");
    for (long uptime : new long[] {10_000, 20_000}) {
      ok(
          200,
          report(
              "n5",
              uptime,
              pod(
                  uid,
                  container(uid, "c", uptime, uptime * uptime * 1_000_000, 1 << 20),
                  container(uid, "d", uptime, 0, 0))));
    }
    assertThat(get(METRICS + "/namespaces/default/pods/liar", ann).code()).isEqualTo(404);
  }
}

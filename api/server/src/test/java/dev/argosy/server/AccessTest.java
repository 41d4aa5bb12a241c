package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who asks, acting as whom, may they, about which cluster: in the words of Kubernetes. */
class AccessTest {

  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            Map.of(),
            parts -> {
              parts.mount(
                  new PathMount(
                      "/open/",
                      true,
                      (info, cluster, user, request, response) ->
                          response.getWriter().print("open to " + user.name())));
              parts.mount(
                  new PathMount(
                      "/closed",
                      false,
                      (info, cluster, user, request, response) ->
                          response.getWriter().print("closed for " + user.name())));
              parts.mount(
                  new PathMount(
                      "/groups",
                      false,
                      (info, cluster, user, request, response) -> {
                        Map<String, List<String>> extra = new TreeMap<>(user.extra());
                        extra.remove("argosy.dev/cluster");
                        response.getWriter().print(user.name() + " " + user.groups() + " " + extra);
                      }));
              parts.connector(
                  "pods/exec",
                  (info, cluster, user, request, response) ->
                      response.getWriter().print("exec " + cluster + " " + info.name()));
            });
    server.access.token("dev", "dev@acme", "acme");
    server.access.allow(a ->
        a.user().name().equals("dev@acme")
            && a.cluster().equals("acme")
            && !a.verb().equals("impersonate"));
    server.access.token("lead", "lead@acme", "acme");
    server.access.allow(a -> a.user().name().equals("lead@acme") && a.verb().equals("impersonate"));
    server.access.allow(a -> a.path().equals("/groups"));
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void badCredential() {
    var answer = client.as("wrong").get("/api/v1/namespaces");
    assertThat(answer.code()).isEqualTo(401);
    assertThat(answer.at("reason")).isEqualTo("Unauthorized");
    assertThat(answer.at("message")).isEqualTo("Unauthorized");
  }

  @Test
  void noCredential() {
    var answer = client.as("").get("/api/v1/namespaces/default/pods/x");
    assertThat(answer.code()).isEqualTo(403);
    assertThat(answer.at("message"))
        .isEqualTo(
            "pods \"x\" is forbidden: User \"system:anonymous\" cannot get resource \"pods\" in API"
                + " group \"\" in the namespace \"default\"");
    assertThat(client.as("").get("/version").at("message"))
        .isEqualTo("forbidden: User \"system:anonymous\" cannot get path \"/version\"");
  }

  @Test
  void theCredentialDecidesTheCluster() {
    assertThat(client.as("dev").get("/api/v1/namespaces/default").code()).isEqualTo(200);
    assertThat(client.as("dev").get("/clusters/acme/api/v1/namespaces/default").code())
        .isEqualTo(200);
    var root = client.as("dev").get("/clusters/root/apis/apps/v1/deployments");
    assertThat(root.code()).isEqualTo(403);
    assertThat(root.at("message"))
        .isEqualTo(
            "deployments.apps is forbidden: User \"dev@acme\" cannot list resource \"deployments\""
                + " in API group \"apps\" at the cluster scope");
    assertThat(client.as("dev").get("/clusters/*/api/v1/pods").code()).isEqualTo(403);
  }

  @Test
  void nobodyLearnsWhichClustersThereAre() {
    var unknown = client.as("dev").get("/clusters/none/api/v1/namespaces");
    var foreign = client.as("dev").get("/clusters/root/api/v1/namespaces");
    assertThat(unknown.code()).isEqualTo(403);
    assertThat(unknown.text()).isEqualTo(foreign.text());
    var admin = client.get("/clusters/none/api/v1/namespaces");
    assertThat(admin.code()).isEqualTo(404);
    assertThat(admin.at("message")).isEqualTo("clusters \"none\" not found");
    assertThat(client.get("/clusters/Bad_Name/api").code()).isEqualTo(404);
  }

  @Test
  void impersonation() {
    var as =
        client
            .as("lead")
            .get(
                "/api/v1/namespaces/default",
                "Impersonate-User",
                "dev@acme",
                "Impersonate-Group",
                "g");
    assertThat(as.code()).as(as.text()).isEqualTo(200);
    var refused = client.as("dev").get("/api/v1/namespaces", "Impersonate-User", "system:admin");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message"))
        .isEqualTo(
            "users \"system:admin\" is forbidden: User \"dev@acme\" cannot impersonate resource"
                + " \"users\" in API group \"\" at the cluster scope");
    var nobody = client.get("/api", "Impersonate-Group", "g", "Impersonate-Uid", "u");
    assertThat(nobody.code()).isEqualTo(400);
    assertThat(nobody.at("message"))
        .isEqualTo(
            "requested [{Group  g    } {UID  u  authentication.k8s.io/v1  }] without impersonating a"
                + " user");
  }

  /** Who it is then, as a mounted path sees it. */
  private static String acting(String... headers) {
    return client.get("/groups", headers).text();
  }

  @Test
  void whoIsImpersonatedHasTheGroupsThatTheyWouldHave() {
    assertThat(acting("Impersonate-User", "kim")).isEqualTo("kim [system:authenticated] {}");
    assertThat(acting("Impersonate-User", "kim", "Impersonate-Group", "g"))
        .isEqualTo("kim [g, system:authenticated] {}");
    assertThat(acting("Impersonate-User", "kim", "Impersonate-Group", "system:unauthenticated"))
        .isEqualTo("kim [system:unauthenticated] {}");
    assertThat(acting("Impersonate-User", "system:anonymous"))
        .isEqualTo("system:anonymous [system:unauthenticated] {}");
    assertThat(acting("Impersonate-User", "system:serviceaccount:ns:app"))
        .isEqualTo(
            "system:serviceaccount:ns:app [system:serviceaccounts, system:serviceaccounts:ns,"
                + " system:authenticated] {}");
    assertThat(acting("Impersonate-User", "kim", "Impersonate-Extra-Example.com%2fA", "b"))
        .isEqualTo("kim [system:authenticated] {example.com/a=[b]}");
  }

  @Test
  void everyPartIsAskedFor() {
    String path = "/api/v1/namespaces/default";
    server.access.token("half", "half@acme", "acme");
    server.access.allow(a ->
        a.user().name().equals("half@acme")
            && a.verb().equals("impersonate")
            && a.resource().equals("serviceaccounts")
            && a.namespace().equals("ns"));
    String account = "system:serviceaccount:ns:app";
    assertThat(
            client
                .as("half")
                .get(path, "Impersonate-User", account, "Impersonate-Extra-k", "v")
                .at("message"))
        .isEqualTo(
            "userextras.authentication.k8s.io \"v\" is forbidden: User \"half@acme\" cannot"
                + " impersonate resource \"userextras/k\" in API group \"authentication.k8s.io\" at"
                + " the cluster scope");
    assertThat(
            client
                .as("half")
                .get(path, "Impersonate-User", account, "Impersonate-Group", "g")
                .at("message"))
        .isEqualTo(
            "groups \"g\" is forbidden: User \"half@acme\" cannot impersonate resource \"groups\""
                + " in API group \"\" at the cluster scope");
  }

  @Test
  void credentialsThatAreNone() {
    for (String header : new String[] {"Basic YTpi", "Bearer", "Bearer "}) {
      var answer = client.as("").get("/version", "Authorization", header);
      assertThat(answer.code()).as(header).isEqualTo(403);
    }
    var bad = client.as("wrong").get("/version");
    assertThat(bad.response().headers().map().keySet())
        .noneMatch(name -> name.equalsIgnoreCase("WWW-Authenticate"));
  }

  @Test
  void pathsAndConnectors() {
    assertThat(client.as("").get("/open/x").text()).isEqualTo("open to system:anonymous");
    assertThat(client.as("").get("/closed").code()).isEqualTo(403);
    assertThat(client.get("/closed").text()).isEqualTo("closed for system:admin");
    assertThat(client.as("dev").get("/api/v1/namespaces/default/pods/p/exec").text())
        .isEqualTo("exec acme p");
    assertThat(client.get("/api/v1/namespaces/default/pods/p/nothing").code()).isEqualTo(404);
  }

  @Test
  void tenantsSeeTheNodesOfTheirPools() {
    client.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"mine\"}}");
    client.post(
        "/api/v1/nodes",
        "{\"metadata\":{\"name\":\"other\",\"labels\":{\"argosy.dev/pool\":\"gpu\"}}}");
    TestClient dev = client.as("dev");
    assertThat(dev.get("/api/v1/nodes").json().path("items").size()).isEqualTo(1);
    assertThat(dev.get("/api/v1/nodes/mine").code()).isEqualTo(200);
    assertThat(dev.get("/api/v1/nodes/other").code()).isEqualTo(404);
    var write = dev.delete("/api/v1/nodes/mine", "");
    assertThat(write.code()).isEqualTo(403);
    assertThat(dev.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"new\"}}").code())
        .isEqualTo(403);
    try (var watch = dev.stream("/api/v1/nodes?watch=1")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED mine");
      client.patch(
          "/api/v1/nodes/mine",
          "application/merge-patch+json",
          "{\"metadata\":{\"labels\":{\"argosy.dev/pool\":\"gpu\"}}}");
      assertThat(watch.nextShort()).isEqualTo("DELETED mine");
    }
  }

  @Test
  void tenantsSeeNothingOfEachOtherOnANodeThatTheyShare() {
    client.post("/api/v1/nodes", "{\"metadata\":{\"name\":\"mine\"}}");
    var status =
        client.patch(
            "/api/v1/nodes/mine/status",
            "application/merge-patch+json",
            "{\"status\":{\"images\":[{\"names\":[\"globex/hidden:1\"],\"sizeBytes\":1}],"
                + "\"volumesInUse\":[\"hidden\"],\"capacity\":{\"cpu\":\"8\"},"
                + "\"volumesAttached\":[{\"name\":\"hidden\",\"devicePath\":\"\"}]}}");
    assertThat(status.code()).isEqualTo(200);
    assertThat(client.get("/api/v1/nodes/mine").text()).contains("globex/hidden:1");
    TestClient dev = client.as("dev");
    var node = dev.get("/api/v1/nodes/mine");
    assertThat(node.text()).doesNotContain("hidden");
    assertThat(node.at("status.capacity.cpu")).isEqualTo("8");
    assertThat(node.at("metadata.resourceVersion"))
        .isEqualTo(status.at("metadata.resourceVersion"));
    var list = dev.get("/api/v1/nodes");
    assertThat(list.text()).contains("mine").doesNotContain("hidden");
    try (var watch = dev.stream("/api/v1/nodes?watch=1")) {
      assertThat(watch.next().toString()).contains("mine").doesNotContain("hidden");
      client.patch(
          "/api/v1/nodes/mine",
          "application/merge-patch+json",
          "{\"spec\":{\"unschedulable\":true}}");
      assertThat(watch.next().toString()).contains("unschedulable").doesNotContain("hidden");
    }
  }

  @Test
  void nothingNewInAClusterThatIsGoing() {
    server.clusters.put("going", Phase.TERMINATING, Set.of());
    var refused =
        client.post("/clusters/going/api/v1/namespaces", "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message")).contains("is being terminated");
  }

  @Test
  void tenantsAreServedInRootOnly() {
    assertThat(client.get("/apis/tenancy.argosy.dev/v1/tenants").code()).isEqualTo(200);
    assertThat(client.get("/clusters/acme/apis/tenancy.argosy.dev/v1/tenants").code())
        .isEqualTo(404);
  }
}

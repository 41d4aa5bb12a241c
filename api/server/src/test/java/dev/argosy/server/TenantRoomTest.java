package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas of the room that a tenant takes up in etcd: every object counts, of whatever kind. */
class TenantRoomTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final String ACME = "/clusters/acme/api/v1/namespaces/default/";
  private static final String MERGE = "application/merge-patch+json";
  private static final String LARGE = "x".repeat(2_000);

  @AutoClose private static final EtcdServer ETCD = EtcdServer.start();

  @AutoClose
  private static final TestServer SERVER =
      TestServer.on(
          new EtcdStore(ETCD.config()), Map.of("argosy.api.event-ttl", "PT1S"), parts -> {});

  private static final QuotaRecount RECOUNT = new QuotaRecount(new EtcdStore(ETCD.config()), "");

  private final TestClient client = SERVER.client();

  @BeforeEach
  void people() {
    UserInfo owner = new UserInfo("owner", "", List.of(UserInfo.SYSTEM_MASTERS), Map.of());
    SERVER.access.token("owner", ClusterScope.confine(owner, "acme"), "acme");
  }

  @AfterEach
  void empty() {
    client.delete(QUOTAS, "");
    for (String resource : List.of("pods", "configmaps", "services", "events")) {
      for (var item : client.get(ACME + resource).json().path("items")) {
        String name = item.path("metadata").path("name").asString("");
        release(resource + "/" + name);
        client.delete(ACME + resource + "/" + name, "{\"gracePeriodSeconds\":0}");
      }
    }
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private TestClient.Answer map(String name, String data) {
    return client.post(
        ACME + "configmaps",
        json("{'metadata':{'name':'" + name + "'},'data':{'a':'" + data + "'}}"));
  }

  private TestClient.Answer patch(String path, String body) {
    return client.patch(ACME + path, MERGE, json(body));
  }

  private TestClient.Answer release(String path) {
    return patch(path, "{'metadata':{'finalizers':null}}");
  }

  private static void ok(TestClient.Answer answer) {
    assertThat(answer.code()).as(answer.text()).isIn(200, 201);
  }

  private void quota(String hard) {
    ok(
        client.post(
            QUOTAS,
            json("{'metadata':{'name':'q'},'spec':{'tenant':'acme','hard':" + hard + "}}")));
  }

  private void bound(long bytes) {
    ok(
        client.patch(
            QUOTAS + "/q",
            MERGE,
            json("{'spec':{'hard':{'etcd.argosy.dev/bytes':'" + bytes + "'}}}")));
  }

  private Quantity used(String dimension) {
    return Quantity.parse(
        client
            .get(QUOTAS + "/q")
            .json()
            .path("status")
            .path("used")
            .path(dimension)
            .asString("-1"));
  }

  private static Quantity room(String dimension) {
    return RECOUNT.room().getOrDefault(dimension, Quantity.ZERO);
  }

  /** What is used is what is there, when the dust has settled. */
  private void exact() {
    for (String dimension : List.of(EtcdAmounts.BYTES, EtcdAmounts.OBJECTS)) {
      Quantity there = room(dimension);
      Deadline.await(() -> used(dimension).equals(there));
    }
  }

  private long bytes() {
    return room(EtcdAmounts.BYTES).value();
  }

  @Test
  void everyWriteIsCounted() {
    quota("{'etcd.argosy.dev/bytes':'1Mi','etcd.argosy.dev/objects':'1k'}");
    exact();
    ok(map("a", "b"));
    ok(map("b", LARGE));
    exact();
    ok(patch("configmaps/a", "{'data':{'more':'" + LARGE + "'}}"));
    ok(patch("configmaps/b", "{'data':null}"));
    exact();
    ok(client.post(ACME + "pods", pod("p")));
    ok(patch("pods/p/status", "{'status':{'message':'" + LARGE + "'}}"));
    exact();
    bind("p");
    exact();
    ok(client.delete(ACME + "pods/p", ""));
    assertThat(client.get(ACME + "pods/p").at("metadata.deletionTimestamp")).isNotEmpty();
    exact();
    ok(client.delete(ACME + "pods/p", "{\"gracePeriodSeconds\":0}"));
    assertThat(client.get(ACME + "pods/p").code()).isEqualTo(404);
    ok(patch("configmaps/a", "{'metadata':{'finalizers':['example.com/f']}}"));
    ok(client.delete(ACME + "configmaps/a", ""));
    exact();
    ok(release("configmaps/a"));
    assertThat(client.get(ACME + "configmaps/a").code()).isEqualTo(404);
    exact();
  }

  @Test
  void customResourcesCount() {
    quota("{'etcd.argosy.dev/bytes':'1Mi','etcd.argosy.dev/objects':'1k'}");
    String definitions = "/clusters/acme/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    String versions =
        "[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object',"
            + "'x-kubernetes-preserve-unknown-fields':true}}}]";
    ok(
        client.post(
            definitions,
            json(
                "{'metadata':{'name':'crates.example.com'},'spec':{'group':'example.com',"
                    + "'scope':'Namespaced','names':{'plural':'crates','kind':'Crate'},'versions':"
                    + versions
                    + "}}")));
    String crates = "/clusters/acme/apis/example.com/v1/namespaces/default/crates";
    String crate = "{'apiVersion':'example.com/v1','kind':'Crate','metadata':{'name':'c'},'a':'";
    Deadline.await(() -> client.post(crates, json(crate + LARGE + "'}")).code() == 201);
    exact();
    Quantity before = used(EtcdAmounts.OBJECTS);
    bound(2_000_000); // counted anew
    exact();
    assertThat(used(EtcdAmounts.OBJECTS)).isEqualTo(before);
    ok(client.delete(definitions + "/crates.example.com", ""));
    Deadline.await(() -> client.get(definitions + "/crates.example.com").code() == 404);
    exact();
  }

  private void bind(String pod) {
    String target = "'target':{'kind':'Node','name':'n'}";
    ok(
        client.post(
            ACME + "pods/" + pod + "/binding",
            json("{'metadata':{'name':'" + pod + "'}," + target + "}")));
  }

  private static String pod(String name) {
    return json(
        "{'metadata':{'name':'" + name + "'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
  }

  @Test
  void whoHasUsedItUpCanStillMakeRoom() {
    quota("{'etcd.argosy.dev/bytes':'1Mi','etcd.argosy.dev/objects':'1k'}");
    ok(map("held", "b"));
    ok(patch("configmaps/held", "{'metadata':{'finalizers':['example.com/f','example.com/g']}}"));
    ok(map("plain", LARGE));
    ok(client.post(ACME + "pods", pod("p")));
    bind("p");
    bound(bytes());
    var refused = map("other", "b");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message"))
        .startsWith("configmaps \"other\" is forbidden: exceeded quota: q, requested: etcd.argosy.")
        .contains("etcd.argosy.dev/bytes=", ", used: etcd.argosy.dev/bytes=", ", limited: ");
    assertThat(patch("configmaps/plain", "{'data':{'b':'" + LARGE + "'}}").code()).isEqualTo(403);
    assertThat(patch("configmaps/plain?dryRun=All", "{'data':{'b':'b'}}").code()).isEqualTo(403);
    var own = client.as("owner").patch(ACME + "pods/p/status", MERGE, told(LARGE));
    assertThat(own.code()).as("a tenant's own word").isEqualTo(403);
    ok(client.patch(ACME + "pods/p/status", MERGE, told(LARGE)));
    exact();
    assertThat(used(EtcdAmounts.BYTES).value()).as("exceeded").isGreaterThan(hard());
    ok(client.as("owner").delete(ACME + "pods/p", ""));
    ok(client.as("owner").delete(ACME + "configmaps/held", ""));
    exact();
    assertThat(map("other", "b").code()).isEqualTo(403);
    for (String rest : List.of("['example.com/g']", "null")) {
      ok(
          client
              .as("owner")
              .patch(
                  ACME + "configmaps/held",
                  MERGE,
                  json("{'metadata':{'finalizers':" + rest + "}}")));
    }
    exact();
    assertThat(map("other", "b").code()).isEqualTo(403);
    ok(client.as("owner").patch(ACME + "configmaps/plain", MERGE, json("{'data':null}")));
    ok(client.delete(ACME + "pods/p", "{\"gracePeriodSeconds\":0}"));
    ok(map("other", "b"));
    exact();
    assertThat(used(EtcdAmounts.BYTES).value()).isLessThan(hard());
  }

  private static String told(String message) {
    return json("{'status':{'message':'" + message + "'}}");
  }

  private long hard() {
    return Quantity.parse(
            client
                .get(QUOTAS + "/q")
                .json()
                .path("spec")
                .path("hard")
                .path(EtcdAmounts.BYTES)
                .asString("0"))
        .value();
  }

  @Test
  void whatEventsTookUpComesBack() {
    quota("{'etcd.argosy.dev/objects':'1k','etcd.argosy.dev/bytes':'1Mi'}");
    for (int i = 0; i < 5; i++) {
      ok(client.post(ACME + "events", event("e" + i)));
    }
    Deadline.await(() -> client.get(ACME + "events").json().path("items").isEmpty());
    exact();
  }

  @Test
  void whoIsRefusedGetsWhatEventsTookUp() {
    quota("{'etcd.argosy.dev/objects':'1k'}");
    ok(client.post(ACME + "events", event("e")));
    String now = room(EtcdAmounts.OBJECTS).toString();
    ok(
        client.patch(
            QUOTAS + "/q",
            MERGE,
            json("{'spec':{'hard':{'etcd.argosy.dev/objects':'" + now + "'}}}")));
    Deadline.await(() -> map("late", "b").code() == 201);
    assertThat(map("later", "b").code()).isEqualTo(403);
  }

  private static String event(String name) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "'},'involvedObject':{'kind':'Pod','name':'p','namespace':'default'},"
            + "'reason':'Started','message':'it did','type':'Normal'}");
  }

  @Test
  void aRaceAdmitsExactlyWhatThereIs() throws InterruptedException, ExecutionException {
    quota("{'etcd.argosy.dev/bytes':'1Mi','etcd.argosy.dev/objects':'1k'}");
    long before = bytes();
    ok(map("m000", LARGE));
    long each = bytes() - before;
    bound(before + 20 * each + 100);
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 100; i < 180; i++) {
        String name = "m" + i;
        answers.add(threads.submit(() -> map(name, LARGE).code()));
      }
    }
    int made = 0;
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isIn(201, 403);
      made += answer.get() == 201 ? 1 : 0;
    }
    assertThat(made).isEqualTo(19);
    assertThat(bytes()).isLessThanOrEqualTo(hard());
    exact();
  }

  @Test
  void badNamesAreNamed() {
    String hard = "{'etcd.argosy.dev/keys':'1','etcd.argosy.dev/bytes':'1500m'}";
    var bad =
        client.post(
            QUOTAS, json("{'metadata':{'name':'q'},'spec':{'tenant':'acme','hard':" + hard + "}}"));
    assertThat(bad.code()).isEqualTo(422);
    assertThat(bad.at("message"))
        .contains("must be one of etcd.argosy.dev/objects and etcd.argosy.dev/bytes")
        .contains("must be an integer");
    var space =
        client.post(
            ACME + "resourcequotas",
            json("{'metadata':{'name':'q'},'spec':{'hard':{'etcd.argosy.dev/bytes':'1'}}}"));
    assertThat(space.code()).isEqualTo(422);
    assertThat(space.at("message")).contains("bounds whole tenants: see TenantQuota");
  }
}

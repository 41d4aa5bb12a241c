package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotas of tenants bind all namespaces of a tenant's cluster together. */
class TenantQuotaTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final String ACME = "/clusters/acme/api/v1/namespaces/";
  private static final String MERGE = "application/merge-patch+json";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  @BeforeEach
  void spaces() {
    for (String space : List.of("one", "two")) {
      client.post(
          "/clusters/acme/api/v1/namespaces", json("{'metadata':{'name':'" + space + "'}}"));
      post(space, "serviceaccounts", "{'metadata':{'name':'default'}}");
    }
  }

  @AfterEach
  void empty() {
    for (String space : List.of("one", "two")) {
      for (String resource : List.of("pods", "configmaps", "services")) {
        client.delete(ACME + space + "/" + resource + "?gracePeriodSeconds=0", "");
      }
      client.delete(ACME + space + "/resourcequotas", "");
    }
    client.delete(QUOTAS, "");
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private TestClient.Answer post(String space, String resource, String body) {
    return client.post(ACME + space + "/" + resource, json(body));
  }

  private TestClient.Answer map(String space, String name) {
    return post(space, "configmaps", "{'metadata':{'name':'" + name + "'}}");
  }

  private void quota(String name, String hard) {
    var made =
        client.post(
            QUOTAS,
            json(
                "{'metadata':{'name':'"
                    + name
                    + "'},'spec':{'tenant':'acme','hard':"
                    + hard
                    + "}}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void awaitUsed(String quota, String resource, String amount) {
    Deadline.await(() -> used(quota, resource).equals(amount));
  }

  private String used(String quota, String resource) {
    return client
        .get(QUOTAS + "/" + quota)
        .json()
        .path("status")
        .path("used")
        .path(resource)
        .asString("");
  }

  private int maps() {
    int count = 0;
    for (String space : List.of("one", "two")) {
      count += client.get(ACME + space + "/configmaps").json().path("items").size();
    }
    return count;
  }

  @Test
  void allNamespacesCountTogether() {
    assertThat(map("one", "before").code()).isEqualTo(201);
    quota("q", "{'count/configmaps':'3','pods':'1'}");
    assertThat(used("q", "count/configmaps")).isEqualTo("1");
    assertThat(used("q", "pods")).isEqualTo("0");
    assertThat(map("two", "a").code()).isEqualTo(201);
    assertThat(map("one", "b").code()).isEqualTo(201);
    var refused = map("two", "c");
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message"))
        .isEqualTo(
            "configmaps \"c\" is forbidden: exceeded quota: q, requested: count/configmaps=1, used:"
                + " count/configmaps=3, limited: count/configmaps=3");
    awaitUsed("q", "count/configmaps", "3");
    assertThat(post("two", "configmaps?dryRun=All", "{'metadata':{'name':'c'}}").code())
        .isEqualTo(403);
    assertThat(client.delete(ACME + "one/configmaps/before", "").code()).isEqualTo(200);
    awaitUsed("q", "count/configmaps", "2");
    assertThat(post("two", "configmaps?dryRun=All", "{'metadata':{'name':'c'}}").code())
        .isEqualTo(201);
    assertThat(map("two", "c").code()).isEqualTo(201);
    assertThat(map("two", "c").code()).isIn(403, 409);
    awaitUsed("q", "count/configmaps", "3");
    var other =
        client.post(
            "/clusters/root/api/v1/namespaces/default/configmaps",
            json("{'metadata':{'generateName':'free-'}}"));
    assertThat(other.code()).as("another tenant").isEqualTo(201);
  }

  @Test
  void boundsMayChange() {
    quota("q", "{'count/configmaps':'2'}");
    assertThat(map("one", "a").code()).isEqualTo(201);
    assertThat(map("two", "b").code()).isEqualTo(201);
    assertThat(map("two", "c").code()).isEqualTo(403);
    bound("q", "{'count/configmaps':'3','count/services':'0'}");
    assertThat(used("q", "count/configmaps")).isEqualTo("2");
    assertThat(used("q", "count/services")).isEqualTo("0");
    assertThat(map("two", "c").code()).isEqualTo(201);
    bound("q", "{'count/configmaps':'1'}");
    assertThat(used("q", "count/configmaps")).isEqualTo("3");
    assertThat(map("one", "d").code()).isEqualTo(403);
    for (String gone : List.of("one/configmaps/a", "two/configmaps/b")) {
      assertThat(client.delete(ACME + gone, "").code()).isEqualTo(200);
      assertThat(map("one", "d").code()).as("still exceeded").isEqualTo(403);
    }
    assertThat(client.delete(ACME + "two/configmaps/c", "").code()).isEqualTo(200);
    assertThat(map("one", "d").code()).isEqualTo(201);
    assertThat(map("one", "e").code()).isEqualTo(403);
    assertThat(client.delete(QUOTAS + "/q", "").code()).isEqualTo(200);
    assertThat(map("one", "e").code()).isEqualTo(201);
  }

  private void bound(String name, String hard) {
    var changed = client.patch(QUOTAS + "/" + name, MERGE, json("{'spec':{'hard':null}}"));
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    changed = client.patch(QUOTAS + "/" + name, MERGE, json("{'spec':{'hard':" + hard + "}}"));
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
  }

  @Test
  void namespaceAndTenantBothBind() {
    quota("q", "{'count/configmaps':'3'}");
    quota("r", "{'requests.cpu':'1'}");
    assertThat(
            post(
                    "one",
                    "resourcequotas",
                    "{'metadata':{'name':'mine'},'spec':{'hard':{'count/configmaps':'1'}}}")
                .code())
        .isEqualTo(201);
    assertThat(map("one", "a").code()).isEqualTo(201);
    assertThat(map("one", "b").at("message")).contains("exceeded quota: mine");
    assertThat(map("two", "b").code()).isEqualTo(201);
    assertThat(map("two", "c").code()).isEqualTo(201);
    assertThat(map("two", "d").at("message")).contains("exceeded quota: q");
    var silent =
        post(
            "one",
            "pods",
            "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
    assertThat(silent.at("message"))
        .isEqualTo("pods \"p\" is forbidden: failed quota: r: must specify requests.cpu for: c");
    awaitUsed("q", "count/configmaps", "3");
  }

  @Test
  void badQuotasAreNamed() {
    var no = client.post(QUOTAS, json("{'metadata':{'name':'q'},'spec':{'hard':{'pods':'1'}}}"));
    assertThat(no.code()).isEqualTo(422);
    assertThat(no.at("message")).contains("spec.tenant: Required value");
    var bad =
        client.post(
            QUOTAS,
            json(
                "{'metadata':{'name':'q'},'spec':{'tenant':'root','hard':{'pods':'-1','x':'1'}}}"));
    assertThat(bad.code()).isEqualTo(422);
    assertThat(bad.at("message"))
        .contains("spec.tenant: Invalid value")
        .contains("must be greater than or equal to 0")
        .contains("must be a standard resource for quota");
    quota("q", "{'pods':'1'}");
    var moved = client.patch(QUOTAS + "/q", MERGE, json("{'spec':{'tenant':'other'}}"));
    assertThat(moved.code()).isEqualTo(422);
    assertThat(moved.at("message")).contains("field is immutable");
    var written =
        client.patch(QUOTAS + "/q/status", MERGE, json("{'status':{'used':{'pods':'9'}}}"));
    assertThat(written.code()).isEqualTo(200);
    assertThat(used("q", "pods")).isEqualTo("0");
    assertThat(client.get("/clusters/acme/apis/tenancy.argosy.dev/v1/tenantquotas").code())
        .as("tenants do not serve it")
        .isEqualTo(404);
  }

  @Test
  void aRaceAdmitsExactlyWhatThereIs() throws InterruptedException, ExecutionException {
    quota("q", "{'count/configmaps':'25'}");
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 80; i++) {
        String name = "m" + i;
        String space = i % 2 == 0 ? "one" : "two";
        answers.add(threads.submit(() -> map(space, name).code()));
      }
    }
    int made = 0;
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isIn(201, 403);
      made += answer.get() == 201 ? 1 : 0;
    }
    assertThat(made).isEqualTo(25);
    assertThat(maps()).isEqualTo(25);
    awaitUsed("q", "count/configmaps", "25");
  }
}

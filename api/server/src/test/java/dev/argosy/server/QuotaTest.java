package dev.argosy.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.quota.Ledger;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resource quotas, charged with the writes that they pay for. */
class QuotaTest {

  private static final String ACME = "/clusters/acme/api/v1/namespaces/";
  private static final String ROOT = "/clusters/root/api/v1/namespaces/";
  private static final String MERGE = "application/merge-patch+json";

  @AutoClose private static final TestServer SERVER = TestServer.start();
  private static int spaces;

  private final TestClient client = SERVER.client();
  private String space = "";

  @BeforeEach
  void namespace() {
    space = "ns" + ++spaces;
    for (String cluster : List.of("/clusters/acme", "/clusters/root")) {
      String body = "{\"metadata\":{\"name\":\"" + space + "\"}}";
      made(client.post(cluster + "/api/v1/namespaces", body));
      made(
          client.post(
              cluster + "/api/v1/namespaces/" + space + "/serviceaccounts",
              "{\"metadata\":{\"name\":\"default\"}}"));
    }
  }

  private static TestClient.Answer made(TestClient.Answer answer) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(201);
    return answer;
  }

  private void quota(String name, String spec) {
    made(
        client.post(
            ACME + space + "/resourcequotas",
            "{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}"));
  }

  private String used(String quota, String resource) {
    return client
        .get(ACME + space + "/resourcequotas/" + quota)
        .json()
        .path("status")
        .path("used")
        .path(resource)
        .asString("");
  }

  private static String pod(String name, String resources) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"resources\":"
        + resources
        + "}]}}";
  }

  private TestClient.Answer post(String path, String body) {
    return client.post(ACME + space + "/" + path, body);
  }

  @Test
  void whatIsThereIsCountedAndWhatComesIsCharged() {
    made(post("pods", pod("before", "{}")));
    quota("q", "{\"hard\":{\"pods\":\"2\",\"count/configmaps\":\"1\"}}");
    assertThat(used("q", "pods")).isEqualTo("1");
    assertThat(used("q", "count/configmaps")).isEqualTo("0");
    made(post("pods", pod("second", "{}")));
    assertThat(used("q", "pods")).isEqualTo("2");
    var third = post("pods", pod("third", "{}"));
    assertThat(third.code()).isEqualTo(403);
    assertThat(third.at("message"))
        .isEqualTo(
            "pods \"third\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2,"
                + " limited: pods=2");
    assertThat(client.delete(ACME + space + "/pods/before", "").code()).isEqualTo(200);
    assertThat(used("q", "pods")).isEqualTo("1");
    assertThat(post("pods?dryRun=All", pod("third", "{}")).code()).isEqualTo(201);
    assertThat(used("q", "pods")).isEqualTo("1");
    made(post("pods", pod("third", "{}")));
    assertThat(post("pods?dryRun=All", pod("fourth", "{}")).code()).isEqualTo(403);
    assertThat(post("pods", pod("third", "{}")).code()).isIn(403, 409);
    assertThat(used("q", "pods")).isEqualTo("2");
    var over =
        client.patch(
            ACME + space + "/pods/third/status", MERGE, "{\"status\":{\"phase\":\"Succeeded\"}}");
    assertThat(over.code()).as(over.text()).isEqualTo(200);
    assertThat(used("q", "pods")).isEqualTo("1");
    made(client.post(ROOT + space + "/pods", pod("one", "{}")));
    assertThat(used("q", "pods")).isEqualTo("1");
  }

  @Test
  void amountsAreBoundAndMustBeSaid() {
    quota("q", "{\"hard\":{\"requests.cpu\":\"1\",\"limits.memory\":\"1Gi\"}}");
    var silent = post("pods", pod("silent", "{}"));
    assertThat(silent.code()).isEqualTo(403);
    assertThat(silent.at("message"))
        .isEqualTo(
            "pods \"silent\" is forbidden: failed quota: q: must specify limits.memory for: c;"
                + " requests.cpu for: c");
    String half = "{\"requests\":{\"cpu\":\"600m\"},\"limits\":{\"memory\":\"256Mi\"}}";
    made(post("pods", pod("one", half)));
    assertThat(used("q", "requests.cpu")).isEqualTo("600m");
    assertThat(used("q", "limits.memory")).isEqualTo("256Mi");
    var two = post("pods", pod("two", half));
    assertThat(two.at("message"))
        .isEqualTo(
            "pods \"two\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used:"
                + " requests.cpu=600m, limited: requests.cpu=1");
    var raised =
        client.patch(
            ACME + space + "/resourcequotas/q",
            MERGE,
            "{\"spec\":{\"hard\":{\"requests.cpu\":\"2\",\"services\":\"3\"}}}");
    assertThat(raised.code()).isEqualTo(200);
    assertThat(used("q", "services")).isEqualTo("0");
    made(post("pods", pod("two", half)));
    assertThat(used("q", "requests.cpu")).isEqualTo("1200m");
  }

  @Test
  void scopesTellWhichPods() {
    quota("effort", "{\"hard\":{\"pods\":\"1\"},\"scopes\":[\"BestEffort\"]}");
    quota(
        "critical",
        "{\"hard\":{\"pods\":\"0\"},\"scopeSelector\":{\"matchExpressions\":[{\"scopeName\":"
            + "\"PriorityClass\",\"operator\":\"In\",\"values\":[\"system-node-critical\"]}]}}");
    made(post("pods", pod("best", "{}")));
    made(post("pods", pod("burst", "{\"requests\":{\"cpu\":\"1m\"}}")));
    assertThat(used("effort", "pods")).isEqualTo("1");
    assertThat(post("pods", pod("more", "{}")).at("message")).contains("exceeded quota: effort");
    var critical =
        post(
            "pods",
            pod("crit", "{\"requests\":{\"cpu\":\"1m\"}}")
                .replace(
                    "\"spec\":{", "\"spec\":{\"priorityClassName\":\"system-node-critical\","));
    assertThat(critical.at("message"))
        .isEqualTo(
            "pods \"crit\" is forbidden: exceeded quota: critical, requested: pods=1, used:"
                + " pods=0, limited: pods=0");
  }

  /** Servers that knew no shares charged the quota itself, and say so in its ledger. */
  @Test
  void whatWasChargedWithoutSharesIsCountedAnew() {
    quota("q", "{\"hard\":{\"pods\":\"3\"}}");
    made(post("pods", pod("one", "{}")));
    ObjectKey pod = new ObjectKey(new GroupResource("", "pods"), "acme", space, "one");
    ObjectKey other = new ObjectKey(pod.resource(), "acme", space, "other");
    ObjectKey ledger = Ledger.keyOf("acme", space);
    StoredValue stored = SERVER.store.get(ledger).orElseThrow();
    byte[] without =
        Json.canonical(Json.parse("{\"metadata\":{},\"quotas\":[\"q\"]}".getBytes(UTF_8)));
    byte[] copy = SERVER.store.get(pod).orElseThrow().value();
    CommitResult done =
        SERVER.store.commit(
            List.of(
                new Change.Update(ledger, stored.revision(), without),
                new Change.Create(other, copy)));
    assertThat(done).isInstanceOf(CommitResult.Committed.class);
    made(post("pods", pod("third", "{}")));
    assertThat(used("q", "pods")).isEqualTo("3");
    assertThat(post("pods", pod("fourth", "{}")).code()).isEqualTo(403);
  }

  /** Clients may say that other bounds were taken over; the truth comes back at once. */
  @Test
  void aStatusThatSaysOtherBoundsIsCountedAnew() {
    quota("q", "{\"hard\":{\"pods\":\"2\"}}");
    made(post("pods", pod("one", "{}")));
    String path = ACME + space + "/resourcequotas/q/status";
    var patched = client.patch(path, MERGE, "{\"status\":{\"hard\":{\"pods\":\"9\"}}}");
    assertThat(patched.at("status.hard.pods")).isEqualTo("9");
    assertThat(client.get(path).at("status.hard.pods")).isEqualTo("2");
    made(post("pods", pod("two", "{}")));
    assertThat(used("q", "pods")).isEqualTo("2");
    assertThat(post("pods", pod("three", "{}")).code()).isEqualTo(403);
  }

  @Test
  void aRaceAdmitsExactlyWhatThereIs() throws InterruptedException, ExecutionException {
    quota("q", "{\"hard\":{\"pods\":\"10\"}}");
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        String body = pod("p" + i, "{}");
        answers.add(threads.submit(() -> post("pods", body).code()));
      }
    }
    int made = 0;
    for (Future<Integer> answer : answers) {
      assertThat(answer.get()).isIn(201, 403);
      made += answer.get() == 201 ? 1 : 0;
    }
    assertThat(made).isEqualTo(10);
    assertThat(client.get(ACME + space + "/pods").json().path("items").size()).isEqualTo(10);
    Deadline.await(() -> used("q", "pods").equals("10"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        String path = ACME + space + "/pods/p" + i;
        threads.submit(() -> client.delete(path, "").code());
      }
    }
    Deadline.await(() -> used("q", "pods").equals("0"));
  }
}

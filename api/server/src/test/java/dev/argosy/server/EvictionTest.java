package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Evictions, and the disruption budgets that hold them back. */
class EvictionTest {

  private static final String NS = "/clusters/acme/api/v1/namespaces/default";
  private static final String BUDGETS =
      "/clusters/acme/apis/policy/v1/namespaces/default/poddisruptionbudgets";
  private static final String MERGE = "application/merge-patch+json";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  /** A pod that runs and is ready, labelled with the name of its application. */
  private void run(String name, String app, boolean ready) {
    Answer made =
        client.post(
            NS + "/pods",
            "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"app\":\"%s\"}},\"spec\":{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"
                .formatted(name, app));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    Answer told =
        client.patch(
            NS + "/pods/" + name + "/status",
            MERGE,
            "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}]}}"
                .formatted(ready ? "True" : "False"));
    assertThat(told.code()).as(told.text()).isEqualTo(200);
  }

  private void budget(String name, String app, String more, String status) {
    Answer made =
        client.post(
            BUDGETS,
            "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"minAvailable\":1,%s\"selector\":{\"matchLabels\":{\"app\":\"%s\"}}}}"
                .formatted(name, more, app));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    Answer told =
        client.patch(BUDGETS + "/" + name + "/status", MERGE, "{\"status\":" + status + "}");
    assertThat(told.code()).as(told.text()).isEqualTo(200);
  }

  private static String status(long allowed, long healthy, long desired) {
    return "{\"observedGeneration\":1,\"disruptionsAllowed\":%d,\"currentHealthy\":%d,\"desiredHealthy\":%d,\"expectedPods\":%d}"
        .formatted(allowed, healthy, desired, healthy);
  }

  private Answer evict(String pod, String more) {
    return client.post(
        NS + "/pods/" + pod + "/eviction",
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}%s}"
            .formatted(pod, more));
  }

  private static JsonNode condition(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString().equals(type)) {
        return condition;
      }
    }
    throw new AssertionError("no condition " + type + ": " + object);
  }

  @Test
  void aBudgetIsUsedUp() {
    run("u1", "used", true);
    run("u2", "used", true);
    budget("used", "used", "", status(1, 2, 1));
    Answer first = evict("u1", "");
    assertThat(first.code()).as(first.text()).isEqualTo(201);
    assertThat(first.at("kind")).isEqualTo("Status");
    assertThat(first.at("status")).isEqualTo("Success");
    Answer pod = client.get(NS + "/pods/u1");
    assertThat(pod.at("metadata.deletionTimestamp")).isNotEmpty();
    JsonNode target = condition(pod.json(), "DisruptionTarget");
    assertThat(target.path("status").asString()).isEqualTo("True");
    assertThat(target.path("reason").asString()).isEqualTo("EvictionByEvictionAPI");
    assertThat(target.path("message").asString()).isEqualTo("Eviction API: evicting");
    Answer budget = client.get(BUDGETS + "/used");
    assertThat(budget.at("status.disruptionsAllowed")).isEqualTo("0");
    assertThat(budget.at("status.disruptedPods.u1")).isNotEmpty();
    assertThat(condition(budget.json(), "DisruptionAllowed").path("reason").asString())
        .isEqualTo("InsufficientPods");

    Answer second = evict("u2", "");
    assertThat(second.code()).isEqualTo(429);
    assertThat(second.at("reason")).isEqualTo("TooManyRequests");
    assertThat(second.at("message"))
        .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(second.at("details.causes.0.reason")).isEqualTo("DisruptionBudget");
    assertThat(second.at("details.causes.0.message"))
        .isEqualTo("The disruption budget used does not allow evicting pods currently");
    assertThat(client.get(NS + "/pods/u2").at("metadata.deletionTimestamp")).isEmpty();
  }

  @Test
  void aBudgetThatNeedsItsPodsSaysHowMany() {
    run("n1", "needs", true);
    budget("needs", "needs", "", status(0, 1, 1));
    Answer refused = evict("n1", "");
    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEmpty();
    assertThat(refused.at("details.causes.0.message"))
        .isEqualTo("The disruption budget needs needs 1 healthy pods and has 1 currently");
    client.patch(
        BUDGETS + "/needs/status",
        MERGE,
        "{\"status\":{\"conditions\":[{\"type\":\"DisruptionAllowed\",\"status\":\"False\",\"reason\":\"SyncFailed\",\"message\":\"no scale\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"}]}}");
    assertThat(evict("n1", "").at("details.causes.0.message"))
        .isEqualTo(
            "The disruption budget needs does not allow evicting pods currently because it failed"
                + " sync: no scale");
  }

  @Test
  void aBudgetThatWasNotLookedAtYetAsksToComeBack() {
    run("y1", "young", true);
    budget("young", "young", "", "{\"observedGeneration\":0}");
    Answer refused = evict("y1", "");
    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("10");
    assertThat(refused.at("details.retryAfterSeconds")).isEqualTo("10");
    assertThat(refused.at("details.causes.0.message"))
        .isEqualTo("The disruption budget young is still being processed by the server.");
  }

  @Test
  void twoBudgetsAreAMistake() {
    run("t1", "two", true);
    budget("two-a", "two", "", status(1, 2, 1));
    budget("two-b", "two", "", status(1, 2, 1));
    Answer refused = evict("t1", "");
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.at("message"))
        .isEqualTo(
            "This pod has more than one PodDisruptionBudget, which the eviction subresource does"
                + " not support.");
  }

  @Test
  void podsThatAreNotReadyGoIfTheyAreNotMissed() {
    run("s1", "sick", false);
    budget("sick", "sick", "", status(0, 2, 2));
    assertThat(evict("s1", "").code()).isEqualTo(201);
    assertThat(client.get(BUDGETS + "/sick").json().path("status").has("disruptedPods")).isFalse();

    run("s2", "missed", false);
    budget("missed", "missed", "", status(0, 1, 2));
    assertThat(evict("s2", "").code()).isEqualTo(429);

    run("s3", "careless", false);
    budget(
        "careless", "careless", "\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\",", status(0, 1, 2));
    assertThat(evict("s3", "").code()).isEqualTo(201);
  }

  @Test
  void podsThatEndedOrDidNotBeginAreNotCounted() {
    budget("ended", "ended", "", status(0, 1, 1));
    run("e1", "ended", true);
    client.patch(NS + "/pods/e1/status", MERGE, "{\"status\":{\"phase\":\"Succeeded\"}}");
    assertThat(evict("e1", "").code()).isEqualTo(201);
    assertThat(client.get(NS + "/pods/e1").code()).isEqualTo(404);
    client.post(
        NS + "/pods",
        "{\"metadata\":{\"name\":\"e2\",\"labels\":{\"app\":\"ended\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    assertThat(evict("e2", "").code()).isEqualTo(201);
  }

  @Test
  void aDryRunChangesNothing() {
    run("d1", "dry", true);
    budget("dry", "dry", "", status(1, 2, 1));
    Answer dry = evict("d1", ",\"deleteOptions\":{\"dryRun\":[\"All\"]}");
    assertThat(dry.code()).as(dry.text()).isEqualTo(201);
    assertThat(client.get(BUDGETS + "/dry").at("status.disruptionsAllowed")).isEqualTo("1");
    assertThat(client.get(NS + "/pods/d1").at("metadata.deletionTimestamp")).isEmpty();
  }

  @Test
  void preconditionsHold() {
    run("p1", "pre", true);
    Answer other = evict("p1", ",\"deleteOptions\":{\"preconditions\":{\"uid\":\"other\"}}");
    assertThat(other.code()).isEqualTo(409);
    assertThat(other.at("message"))
        .startsWith(
            "Operation cannot be fulfilled on Pod \"p1\": the UID in the precondition (other) does"
                + " not match the UID in record (")
        .endsWith("The object might have been deleted and then recreated");
    Answer stale =
        evict("p1", ",\"deleteOptions\":{\"preconditions\":{\"resourceVersion\":\"1\"}}");
    assertThat(stale.code()).isEqualTo(409);
    String version = client.get(NS + "/pods/p1").at("metadata.resourceVersion");
    Answer right =
        evict(
            "p1",
            ",\"deleteOptions\":{\"gracePeriodSeconds\":7,\"preconditions\":{\"resourceVersion\":\""
                + version
                + "\"}}");
    assertThat(right.code()).as(right.text()).isEqualTo(201);
    assertThat(client.get(NS + "/pods/p1").at("metadata.deletionGracePeriodSeconds"))
        .isEqualTo("7");
  }

  @Test
  void theBodyMustBeAboutThePod() {
    run("b1", "body", true);
    Answer old =
        client.post(
            NS + "/pods/b1/eviction",
            "{\"apiVersion\":\"policy/v1beta1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"b1\",\"namespace\":\"default\"}}");
    assertThat(old.code()).as(old.text()).isEqualTo(201);
    Answer wrong =
        client.post(
            NS + "/pods/b1/eviction",
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"b2\"}}");
    assertThat(wrong.code()).isEqualTo(400);
    assertThat(wrong.at("message")).isEqualTo("name in URL does not match name in Eviction object");
    assertThat(evict("nobody", "").code()).isEqualTo(404);
  }

  @Test
  void noMoreGoThanTheBudgetAllows() throws Exception {
    IntStream.range(0, 30).forEach(i -> run("r" + i, "race", true));
    budget("race", "race", "", status(20, 30, 10));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> all =
          IntStream.range(0, 30)
              .<Callable<Integer>>mapToObj(i -> () -> evict("r" + i, "").code())
              .toList();
      int gone = 0;
      for (Future<Integer> one : threads.invokeAll(all)) {
        assertThat(one.get()).isIn(201, 429);
        gone += one.get() == 201 ? 1 : 0;
      }
      assertThat(gone).isEqualTo(20);
    }
    Answer budget = client.get(BUDGETS + "/race");
    assertThat(budget.at("status.disruptionsAllowed")).isEqualTo("0");
    assertThat(budget.json().path("status").path("disruptedPods")).hasSize(20);
  }
}

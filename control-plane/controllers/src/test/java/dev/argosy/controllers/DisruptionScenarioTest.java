package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.controllers.runtime.Owned;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Specifying a Disruption Budget" promises. */
class DisruptionScenarioTest {

  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
  private static final GroupResource WIDGETS = new GroupResource("example.com", "widgets");

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void healthy_pods_beyond_the_least_number_may_be_evicted() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 3, "v1"));
    budget("{\"minAvailable\":2}");
    cluster.await("one", () -> status().path("disruptionsAllowed").asInt(-1) == 1);
    assertThat(status().path("currentHealthy").asInt()).isEqualTo(3);
    assertThat(status().path("desiredHealthy").asInt()).isEqualTo(2);
    assertThat(status().path("expectedPods").asInt()).isEqualTo(3);
    JsonNode condition = status().at("/conditions/0");
    assertThat(condition.path("type").asString("")).isEqualTo("DisruptionAllowed");
    assertThat(condition.path("status").asString("")).isEqualTo("True");
    assertThat(condition.path("reason").asString("")).isEqualTo("SufficientPods");
    cluster.crash();
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":2}}");
    cluster.await("none", () -> status().path("disruptionsAllowed").asInt(-1) == 0);
    assertThat(status().at("/conditions/0/reason").asString("")).isEqualTo("InsufficientPods");
  }

  @Test
  void percentages_are_of_what_the_pods_owner_asks_for() {
    cluster.kubelet.setHealthy(pod -> false);
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 4, "v1"));
    budget("{\"maxUnavailable\":\"30%\"}");
    cluster.await("the count", () -> status().path("expectedPods").asInt(-1) == 4);
    assertThat(status().path("desiredHealthy").asInt()).isEqualTo(2);
    cluster.kubelet.setHealthy(pod -> true);
    cluster.await("two", () -> status().path("disruptionsAllowed").asInt(-1) == 2);
  }

  @Test
  void without_an_owner_that_scales_nothing_is_allowed() {
    ObjectNode job = JobScenarioTest.job("{}");
    job.withObject("/spec/template/metadata/labels").put("app", "web");
    cluster.create(Kinds.JOBS, job);
    budget("{\"maxUnavailable\":1}");
    cluster.await(
        "the condition",
        () -> status().at("/conditions/0/reason").asString("").equals("SyncFailed"));
    assertThat(status().at("/conditions/0/message").asString(""))
        .startsWith("found no controllers for pod \"work-");
    assertThat(status().path("disruptionsAllowed").asInt(-1)).isZero();
  }

  @Test
  void custom_resources_with_a_scale_say_how_many_pods_they_want() {
    ObjectNode definition =
        TestCluster.object(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "widgets.example.com");
    definition.set(
        "spec",
        Json.mapper()
            .readTree(
                """
                {"group":"example.com","scope":"Namespaced",
                 "names":{"plural":"widgets","kind":"Widget"}}\
                """));
    cluster
        .client
        .create(ResourceScope.cluster(DEFINITIONS, TestCluster.TENANT), definition)
        .orThrow();
    ObjectNode widget = TestCluster.object("example.com/v1", "Widget", "web");
    widget.putObject("spec").put("replicas", 4);
    ObjectNode owner = Owned.by("example.com/v1", "Widget", cluster.create(WIDGETS, widget));
    for (int i = 0; i < 3; i++) {
      ObjectNode pod = TestCluster.object("v1", "Pod", "web-" + i);
      ObjectNode meta = pod.withObject("/metadata");
      meta.putObject("labels").put("app", "web");
      meta.putArray("ownerReferences").add(owner);
      pod.putObject("spec").putArray("containers").addObject().put("name", "c");
      cluster.create(Kinds.PODS, pod);
    }
    budget("{\"maxUnavailable\":\"50%\"}");
    cluster.await("the count", () -> status().path("expectedPods").asInt(-1) == 4, this::status);
    assertThat(status().path("desiredHealthy").asInt()).isEqualTo(2);
    cluster.await("one", () -> status().path("disruptionsAllowed").asInt(-1) == 1, this::status);
  }

  @Test
  void a_granted_eviction_counts_until_it_is_seen_or_lapses() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    budget("{\"minAvailable\":1}");
    cluster.await("one", () -> status().path("disruptionsAllowed").asInt(-1) == 1);
    String pod = cluster.list(Kinds.PODS).getFirst().name();
    ObjectNode grant = Json.object();
    grant
        .putObject("status")
        .putObject("disruptedPods")
        .put(
            pod,
            cluster.timers.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    cluster
        .client
        .patch(TestCluster.key(Kinds.DISRUPTION_BUDGETS, "web"), "status", Patch.merge(grant))
        .orThrow();
    cluster.await("none", () -> status().path("disruptionsAllowed").asInt(-1) == 0);
    cluster.elapse(Duration.ofMinutes(2).plusSeconds(10));
    cluster.await("one again", () -> status().path("disruptionsAllowed").asInt(-1) == 1);
    assertThat(status().has("disruptedPods")).isFalse();
  }

  @Test
  void what_was_said_of_a_pod_that_stays_is_taken_back_after_two_minutes() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 1, "v1"));
    cluster.await("a pod", () -> cluster.list(Kinds.PODS).size() == 1);
    String pod = cluster.list(Kinds.PODS).getFirst().name();
    cluster.await("it runs", () -> disruption(pod, "Ready").equals("True"));
    String said =
        """
        {"status":{"conditions":[{"type":"DisruptionTarget","status":"True",
          "reason":"EvictionByEvictionAPI","message":"Eviction API: evicting",
          "lastTransitionTime":"%s"}]}}
        """
            .formatted(cluster.timers.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    cluster
        .client
        .patch(
            TestCluster.key(Kinds.PODS, pod),
            "status",
            Patch.strategic((ObjectNode) Json.mapper().readTree(said)))
        .orThrow();
    cluster.elapse(Duration.ofSeconds(110));
    assertThat(disruption(pod, "DisruptionTarget")).isEqualTo("True EvictionByEvictionAPI");
    cluster.elapse(Duration.ofSeconds(20));
    assertThat(disruption(pod, "DisruptionTarget")).isEqualTo("False");
    assertThat(disruption(pod, "Ready")).isEqualTo("True");
  }

  /** What a condition of a pod says. */
  private String disruption(String pod, String type) {
    return cluster
        .get(Kinds.PODS, pod)
        .at("/status/conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .map(c -> (c.path("status").asString("") + " " + c.path("reason").asString("")).strip())
        .findFirst()
        .orElse("");
  }

  private void budget(String spec) {
    ObjectNode budget = TestCluster.object("policy/v1", "PodDisruptionBudget", "web");
    budget.set("spec", Json.mapper().readTree(spec));
    budget.withObject("/spec").putObject("selector").putObject("matchLabels").put("app", "web");
    cluster.create(Kinds.DISRUPTION_BUDGETS, budget);
  }

  private JsonNode status() {
    return cluster.get(Kinds.DISRUPTION_BUDGETS, "web").path("status");
  }
}

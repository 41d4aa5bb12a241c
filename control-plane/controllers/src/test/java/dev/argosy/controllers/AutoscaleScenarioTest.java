package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Horizontal Pod Autoscaling" promises. */
class AutoscaleScenarioTest {

  private static final GroupResource USE = new GroupResource("metrics.k8s.io", "pods");
  private static final GroupResource DEFINITIONS =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
  private static final GroupResource WIDGETS = new GroupResource("example.com", "widgets");
  private static final String CPU =
      """
      {"type":"Resource","resource":{"name":"cpu",
       "target":{"type":"Utilization","averageUtilization":50}}}
      """;
  private static final String QUEUE =
      """
      {"type":"External","external":{"metric":{"name":"queue",
        "selector":{"matchLabels":{"queue":"mail"}}},
       "target":{"type":"AverageValue","averageValue":"30"}}}
      """;
  private static final String EXTERNAL =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/default/queue";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void more_pods_come_when_those_there_use_more_than_they_should() {
    running(2);
    use("900m");
    scaler("{\"maxReplicas\":5,\"metrics\":[" + CPU + "]}");
    cluster.await("four", () -> wanted() == 4, this::status);
    cluster.await("words", () -> condition("AbleToScale").equals("True SucceededRescale"));
    assertThat(condition("ScalingActive")).isEqualTo("True ValidMetricFound");
    assertThat(condition("ScalingLimited")).isEqualTo("False DesiredWithinRange");
    assertThat(status().path("currentReplicas").asInt()).isEqualTo(2);
    assertThat(status().path("desiredReplicas").asInt()).isEqualTo(4);
    assertThat(status().path("lastScaleTime").asString("")).startsWith("2026-01-01T");
    assertThat(status().path("observedGeneration").asInt()).isEqualTo(1);
    JsonNode metric = status().at("/currentMetrics/0");
    assertThat(metric.path("type").asString("")).isEqualTo("Resource");
    assertThat(metric.at("/resource/name").asString("")).isEqualTo("cpu");
    assertThat(metric.at("/resource/current/averageUtilization").asInt()).isEqualTo(90);
    assertThat(metric.at("/resource/current/averageValue").asString("")).isEqualTo("900m");
    event("SuccessfulRescale", "New size: 4; reason: cpu resource utilization (percentage");
  }

  @Test
  void it_settles_and_writes_nothing_while_nothing_changes() {
    running(2);
    use("500m");
    scaler("{\"maxReplicas\":5,\"metrics\":[" + CPU + "]}");
    cluster.await("a look", () -> condition("ScalingLimited").startsWith("False"));
    assertThat(condition("AbleToScale")).isEqualTo("True ReadyForNewScale");
    String revision = revision();
    assertThat(revision).isNotEmpty();
    cluster.elapse(Duration.ofSeconds(35));
    assertThat(revision()).isEqualTo(revision);
    assertThat(wanted()).isEqualTo(2);
  }

  @Test
  void fewer_pods_come_only_after_the_stabilization_window() {
    running(3);
    use("100m");
    scaler(
        """
        {"maxReplicas":5,"metrics":[%s],
         "behavior":{"scaleDown":{"stabilizationWindowSeconds":30}}}
        """
            .formatted(CPU));
    cluster.await(
        "calm", () -> condition("AbleToScale").equals("True ScaleDownStabilized"), this::status);
    assertThat(wanted()).isEqualTo(3);
    cluster.elapse(Duration.ofSeconds(50));
    assertThat(wanted()).isEqualTo(1);
    event("SuccessfulRescale", "New size: 1; reason: All metrics below target");
  }

  @Test
  void the_metric_that_asks_for_most_counts() {
    running(2);
    use("500m");
    answer(EXTERNAL, "{\"items\":[{\"value\":\"60\"},{\"value\":\"45\"}]}");
    scaler("{\"maxReplicas\":9,\"metrics\":[" + CPU + "," + QUEUE + "]}");
    cluster.await("four", () -> wanted() == 4, this::status);
    cluster.await("status", () -> status().at("/currentMetrics").size() == 2);
    assertThat(status().at("/currentMetrics/1/external/current/averageValue").asString(""))
        .isEqualTo("52500m");
    assertThat(status().at("/currentMetrics/1/external/metric/name").asString(""))
        .isEqualTo("queue");
  }

  @Test
  void a_metric_that_is_missing_forbids_fewer_but_not_more() {
    running(2);
    use("900m");
    scaler("{\"maxReplicas\":9,\"metrics\":[" + CPU + "," + QUEUE + "]}");
    cluster.await("four", () -> wanted() == 4, this::status);
    cluster.await("pods", () -> ready() == 4);
    use("1m");
    cluster.await(
        "the condition",
        () -> condition("ScalingActive").equals("False FailedGetExternalMetric"),
        this::status);
    assertThat(message("ScalingActive"))
        .isEqualTo(
            "the HPA was unable to compute the replica count: failed to get queue external metric"
                + " value: unable to get metric queue: unable to fetch metrics from external"
                + " metrics API: no external metrics API (external.metrics.k8s.io) registered");
    event("FailedGetExternalMetric", "failed to get queue external metric value");
    event("FailedComputeMetricsReplicas", "invalid metrics (1 invalid out of 2), first error is");
    assertThat(wanted()).isEqualTo(4);
  }

  @Test
  void without_figures_nothing_changes() {
    running(2);
    scaler("{\"maxReplicas\":9,\"metrics\":[" + CPU + "]}");
    cluster.await(
        "the condition",
        () -> condition("ScalingActive").equals("False FailedGetResourceMetric"),
        this::status);
    assertThat(message("ScalingActive"))
        .isEqualTo(
            "the HPA was unable to compute the replica count: failed to get cpu utilization: unable"
                + " to get metrics for resource cpu: no metrics returned from resource metrics"
                + " API");
    assertThat(condition("AbleToScale")).isEqualTo("True SucceededGetScale");
    assertThat(wanted()).isEqualTo(2);
  }

  @Test
  void metrics_of_pods_and_of_an_object_are_asked_of_the_custom_metrics_api() {
    running(2);
    String custom = "/apis/custom.metrics.k8s.io/v1beta1/namespaces/default";
    String values = "{\"items\":[%s]}";
    String item = "{\"describedObject\":{\"name\":\"%s\"},\"value\":\"15\"}";
    String items =
        cluster.list(Kinds.PODS).stream()
            .map(pod -> item.formatted(pod.name()))
            .collect(Collectors.joining(","));
    answer(custom + "/pods/*/requests", values.formatted(items));
    answer(custom + "/services/front/hits", values.formatted("{\"value\":\"3k\"}"));
    scaler(
        """
        {"maxReplicas":9,"metrics":[
         {"type":"Pods","pods":{"metric":{"name":"requests"},
          "target":{"type":"AverageValue","averageValue":"10"}}},
         {"type":"Object","object":{"metric":{"name":"hits"},
          "describedObject":{"apiVersion":"v1","kind":"Service","name":"front"},
          "target":{"type":"Value","value":"1k"}}}]}
        """);
    cluster.await("six", () -> wanted() == 6, this::status);
    cluster.await("status", () -> status().at("/currentMetrics").size() == 2);
    assertThat(status().at("/currentMetrics/0/pods/current/averageValue").asString(""))
        .isEqualTo("15");
    assertThat(status().at("/currentMetrics/1/object/current/value").asString("")).isEqualTo("3k");
    assertThat(status().at("/currentMetrics/1/object/describedObject/kind").asString(""))
        .isEqualTo("Service");
  }

  @Test
  void nothing_is_done_while_the_target_asks_for_no_replicas() {
    running(0);
    scaler("{\"minReplicas\":2,\"maxReplicas\":9,\"metrics\":[" + CPU + "]}");
    cluster.await(
        "the condition", () -> condition("ScalingActive").equals("False ScalingDisabled"));
    assertThat(wanted()).isZero();
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":1}}");
    cluster.await("the least", () -> wanted() == 2, this::status);
    event("SuccessfulRescale", "New size: 2; reason: Current number of replicas below Spec.Min");
  }

  @Test
  void with_no_least_number_replicas_come_from_zero_by_an_external_metric() {
    running(0);
    answer(EXTERNAL, "{\"items\":[{\"value\":\"61\"}]}");
    scaler("{\"minReplicas\":0,\"maxReplicas\":9,\"metrics\":[" + QUEUE + "]}");
    cluster.await("three", () -> wanted() == 3, this::status);
  }

  @Test
  void a_change_of_the_spec_counts_at_once() {
    running(2);
    use("500m");
    scaler("{\"maxReplicas\":5,\"metrics\":[" + CPU + "]}");
    cluster.await("a look", () -> condition("ScalingLimited").startsWith("False"));
    cluster.patch(Kinds.AUTOSCALERS, "scaler", "{\"spec\":{\"minReplicas\":3}}");
    cluster.await("three", () -> wanted() == 3, this::status);
  }

  @Test
  void custom_resources_with_a_scale_are_scaled() {
    ObjectNode definition =
        TestCluster.object(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "widgets.example.com");
    definition.set(
        "spec",
        Json.mapper()
            .readTree(
                """
                {"group":"example.com","scope":"Namespaced",
                 "names":{"plural":"widgets","kind":"Widget"}}
                """));
    cluster
        .client
        .create(ResourceScope.cluster(DEFINITIONS, TestCluster.TENANT), definition)
        .orThrow();
    ObjectNode widget = TestCluster.object("example.com/v1", "Widget", "web");
    widget.putObject("spec").put("replicas", 1);
    cluster.create(WIDGETS, widget);
    scaler(
        """
        {"minReplicas":3,"maxReplicas":5,"metrics":[%s],
         "scaleTargetRef":{"apiVersion":"example.com/v1","kind":"Widget","name":"web"}}
        """
            .formatted(CPU));
    cluster.await("three", () -> cluster.get(WIDGETS, "web").at("/spec/replicas").asInt(0) == 3);
  }

  @Test
  void what_cannot_be_scaled_is_told() {
    scaler("{\"maxReplicas\":5,\"metrics\":[" + CPU + "]}");
    cluster.await("the condition", () -> condition("AbleToScale").equals("False FailedGetScale"));
    assertThat(message("AbleToScale"))
        .isEqualTo(
            "the HPA controller was unable to get the target's current scale:"
                + " deployments.apps \"web\" not found");
    cluster.patch(
        Kinds.AUTOSCALERS, "scaler", "{\"spec\":{\"scaleTargetRef\":{\"kind\":\"Unheard\"}}}");
    cluster.await("words", () -> message("AbleToScale").contains("Unheard"));
    assertThat(message("AbleToScale"))
        .endsWith("scale: no matches for kind \"Unheard\" in version \"apps/v1\"");
  }

  @Test
  void a_scale_that_is_refused_is_told() {
    running(1);
    cluster.api.setFault((verb, resource, name) ->
        verb.equals("update") && resource.equals(Kinds.DEPLOYMENTS)
            ? Optional.of(Status.of(Reason.FORBIDDEN, "exceeded quota"))
            : Optional.empty());
    scaler("{\"minReplicas\":2,\"maxReplicas\":5,\"metrics\":[" + CPU + "]}");
    cluster.await("the word", () -> condition("AbleToScale").equals("False FailedUpdateScale"));
    assertThat(message("AbleToScale")).endsWith("to update the target scale: exceeded quota");
    event("FailedRescale", "New size: 2; reason: Current number of replicas below Spec.Min");
  }

  @Test
  void two_that_mean_the_same_pods_do_nothing() {
    running(2);
    use("900m");
    scaler("{\"maxReplicas\":2,\"metrics\":[" + CPU + "]}");
    cluster.await("a look", () -> condition("ScalingActive").startsWith("True"));
    ObjectNode twin = object("{\"maxReplicas\":9,\"metrics\":[" + CPU + "]}");
    twin.withObject("/metadata").put("name", "twin");
    cluster.create(Kinds.AUTOSCALERS, twin);
    cluster.await(
        "the word",
        () -> condition("ScalingActive").equals("False AmbiguousSelector"),
        this::status);
    assertThat(message("ScalingActive"))
        .isEqualTo(
            "pods by selector app=web are controlled by multiple HPAs: [default/scaler"
                + " default/twin]");
    assertThat(wanted()).isEqualTo(2);
  }

  @Test
  void another_leader_goes_on() {
    running(2);
    use("900m");
    scaler("{\"maxReplicas\":5,\"metrics\":[" + CPU + "]}");
    cluster.await("four", () -> wanted() == 4, this::status);
    cluster.await("pods", () -> ready() == 4);
    cluster.crash();
    use("100m");
    cluster.elapse(Duration.ofSeconds(20));
    assertThat(wanted()).isEqualTo(4);
    assertThat(condition("AbleToScale")).isEqualTo("True ScaleDownStabilized");
  }

  private void running(int replicas) {
    ObjectNode deployment = TestCluster.deployment("web", replicas, "v1");
    ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers").path(0);
    container.putObject("resources").putObject("requests").put("cpu", "1");
    cluster.create(Kinds.DEPLOYMENTS, deployment);
    cluster.await("pods", () -> ready() == replicas);
    cluster.await("the Deployment to say so", () -> counted() == replicas);
  }

  /** What the scale says that there are: the scaler divides by it. */
  private int counted() {
    return cluster.get(Kinds.DEPLOYMENTS, "web").at("/status/replicas").asInt(0);
  }

  private long ready() {
    return cluster.list(Kinds.PODS).stream()
        .filter(p -> p.tree().at("/status/phase").asString("").equals("Running"))
        .count();
  }

  /** From now on each pod uses that much, as was measured of late. */
  private void use(String cpu) {
    ResourceScope scope = ResourceScope.namespace(USE, TestCluster.TENANT, "default");
    for (ApiObject pod : cluster.list(Kinds.PODS)) {
      ObjectNode metrics = TestCluster.object("metrics.k8s.io/v1beta1", "PodMetrics", pod.name());
      pod.meta().labels().forEach(metrics.withObject("/metadata").putObject("labels")::put);
      metrics.put("timestamp", "2026-01-01T01:00:00Z").put("window", "15s");
      metrics
          .putArray("containers")
          .addObject()
          .put("name", "c")
          .putObject("usage")
          .put("cpu", cpu);
      ObjectKey key = new ObjectKey(USE, TestCluster.TENANT, "default", pod.name());
      if (cluster.client.get(key).orAbsent().isPresent()) {
        cluster.client.update(key, metrics).orThrow();
      } else {
        cluster.client.create(scope, metrics).orThrow();
      }
    }
  }

  private void answer(String path, String body) {
    cluster.api.setDocument(path, (tenant, query) -> body);
  }

  private void scaler(String spec) {
    cluster.create(Kinds.AUTOSCALERS, object(spec));
  }

  private static ObjectNode object(String spec) {
    ObjectNode scaler = TestCluster.object("autoscaling/v2", "HorizontalPodAutoscaler", "scaler");
    ObjectNode said = (ObjectNode) Json.mapper().readTree(spec);
    if (!said.has("scaleTargetRef")) {
      said.putObject("scaleTargetRef")
          .put("apiVersion", "apps/v1")
          .put("kind", "Deployment")
          .put("name", "web");
    }
    scaler.set("spec", said);
    return scaler;
  }

  private int wanted() {
    return cluster.get(Kinds.DEPLOYMENTS, "web").at("/spec/replicas").asInt(-1);
  }

  private JsonNode status() {
    return cluster.get(Kinds.AUTOSCALERS, "scaler").path("status");
  }

  private String revision() {
    return cluster.get(Kinds.AUTOSCALERS, "scaler").at("/metadata/resourceVersion").asString("");
  }

  /** The condition's status and reason. */
  private String condition(String type) {
    JsonNode condition = find(type);
    return condition.path("status").asString("") + " " + condition.path("reason").asString("");
  }

  private String message(String type) {
    return find(type).path("message").asString("");
  }

  private JsonNode find(String type) {
    return status()
        .path("conditions")
        .valueStream()
        .filter(c -> c.path("type").asString("").equals(type))
        .findFirst()
        .orElse(Json.object());
  }

  private void event(String reason, String message) {
    cluster.await(
        reason,
        () ->
            cluster.list(Kinds.EVENTS).stream()
                .map(ApiObject::tree)
                .filter(e -> e.at("/involvedObject/kind").asString("").startsWith("Horizontal"))
                .filter(e -> e.path("reason").asString("").equals(reason))
                .anyMatch(e -> e.path("message").asString("").startsWith(message)),
        () -> cluster.list(Kinds.EVENTS).stream().map(ApiObject::tree).toList());
  }
}

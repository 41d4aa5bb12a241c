package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Jobs" promises. */
class JobScenarioTest {

  private static final String INDEX = "batch.kubernetes.io/job-completion-index";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void runs_as_many_pods_at_once_as_it_may_until_enough_have_succeeded() {
    create("{\"completions\":5,\"parallelism\":2}");
    cluster.await("two pods", () -> status().path("ready").asInt(0) == 2);
    assertThat(pods()).hasSize(2);
    assertThat(status().path("active").asInt(0)).isEqualTo(2);
    exit(pod -> Optional.of(0));
    awaitCondition("Complete");
    assertThat(created()).isEqualTo(5);
    assertThat(status().path("succeeded").asInt(0)).isEqualTo(5);
    assertThat(status().has("completionTime")).isTrue();
    assertThat(status().path("active").asInt(0)).isZero();
    assertThat(condition("SuccessCriteriaMet").path("reason").asString(""))
        .isEqualTo("CompletionsReached");
    assertThat(condition("Complete").path("message").asString(""))
        .isEqualTo("Reached expected number of succeeded pods");
    assertThat(status().path("uncountedTerminatedPods").isEmpty()).isTrue();
    assertThat(pods()).allMatch(p -> p.meta().finalizers().isEmpty());
    cluster.await("the event", () -> events().contains("Completed Job completed"));
  }

  /** New pods are refused there, and the namespace waits for the finalizers of the old ones. */
  @Test
  void a_namespace_with_a_job_at_work_goes() {
    exit(pod -> pod.deleting() ? Optional.of(0) : Optional.empty());
    create("{\"completions\":4,\"parallelism\":2}");
    cluster.await("two pods", () -> status().path("ready").asInt(0) == 2);
    ObjectKey namespace = new ObjectKey(Kinds.NAMESPACES, TestCluster.TENANT, "", "default");
    cluster.client.delete(namespace, DeleteOptions.DEFAULT).orThrow();
    cluster.await("it is gone", () -> cluster.client.get(namespace).orAbsent().isEmpty());
  }

  @Test
  void without_completions_the_first_success_is_enough() {
    create("{\"completions\":null,\"parallelism\":3}");
    cluster.await("three pods", () -> status().path("ready").asInt(0) == 3);
    String first = pods().getFirst().name();
    exit(pod -> pod.name().equals(first) ? Optional.of(0) : Optional.empty());
    cluster.await("the success", () -> status().path("succeeded").asInt(0) == 1);
    assertThat(status().path("active").asInt(0)).isEqualTo(2);
    exit(pod -> Optional.of(1));
    awaitCondition("Complete");
    assertThat(created()).isEqualTo(3);
  }

  @Test
  void failed_pods_are_replaced_later_and_later_until_the_limit() {
    exit(pod -> Optional.of(1));
    create("{\"backoffLimit\":2}");
    awaitCondition("Failed");
    assertThat(condition("Failed").path("reason").asString("")).isEqualTo("BackoffLimitExceeded");
    assertThat(condition("Failed").path("message").asString(""))
        .isEqualTo("Job has reached the specified backoff limit");
    assertThat(condition("FailureTarget").path("status").asString("")).isEqualTo("True");
    assertThat(status().path("failed").asInt(0)).isEqualTo(3);
    assertThat(status().has("completionTime")).isFalse();
    List<java.time.Instant> times =
        pods().stream().map(p -> p.meta().creationTimestamp()).sorted().toList();
    assertThat(Duration.between(times.get(0), times.get(1)))
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(13));
    assertThat(Duration.between(times.get(1), times.get(2)))
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(24));
  }

  @Test
  void containers_that_are_restarted_in_their_pod_count_as_failures_too() {
    ObjectNode job = job("{\"backoffLimit\":2}");
    job.withObject("/spec/template/spec").put("restartPolicy", "OnFailure");
    cluster.create(Kinds.JOBS, job);
    cluster.await("the pod", () -> status().path("ready").asInt(0) == 1);
    ObjectNode restarts = Json.object();
    restarts
        .putObject("status")
        .putArray("containerStatuses")
        .addObject()
        .put("name", "c")
        .put("restartCount", 2);
    cluster
        .client
        .patch(pods().getFirst().key(), "status", dev.argosy.model.client.Patch.strategic(restarts))
        .orThrow();
    awaitCondition("Failed");
    assertThat(condition("Failed").path("reason").asString("")).isEqualTo("BackoffLimitExceeded");
    cluster.await("the end of its pods", () -> pods().isEmpty());
  }

  @Test
  void an_indexed_job_completes_each_index_once() {
    AtomicReference<String> first = new AtomicReference<>("");
    exit(pod -> {
      if (pod.object().meta().annotations().getOrDefault(INDEX, "").equals("1")) {
        first.compareAndSet("", pod.uid());
      }
      return Optional.of(pod.uid().equals(first.get()) ? 1 : 0);
    });
    create("{\"completions\":4,\"parallelism\":4,\"completionMode\":\"Indexed\"}");
    awaitCondition("Complete");
    assertThat(status().path("completedIndexes").asString("")).isEqualTo("0-3");
    assertThat(status().path("succeeded").asInt(0)).isEqualTo(4);
    assertThat(status().path("failed").asInt(0)).isEqualTo(1);
    ApiObject pod =
        pods().stream().filter(p -> p.name().startsWith("work-3-")).findFirst().orElseThrow();
    JsonNode spec = pod.tree().path("spec");
    assertThat(spec.path("hostname").asString("")).isEqualTo("work-3");
    assertThat(pod.meta().labels()).containsEntry(INDEX, "3");
    assertThat(spec.at("/containers/0/env/0/name").asString("")).isEqualTo("JOB_COMPLETION_INDEX");
    assertThat(spec.at("/containers/0/env/0/valueFrom/fieldRef/fieldPath").asString(""))
        .isEqualTo("metadata.labels['" + INDEX + "']");
  }

  @Test
  void with_a_limit_for_each_index_the_others_go_on() {
    exit(pod ->
        Optional.of(pod.object().meta().annotations().getOrDefault(INDEX, "").equals("1") ? 1 : 0));
    create(
        "{\"completions\":3,\"parallelism\":3,\"completionMode\":\"Indexed\","
            + "\"backoffLimitPerIndex\":1,\"backoffLimit\":2147483647}");
    awaitCondition("Failed");
    assertThat(condition("Failed").path("reason").asString("")).isEqualTo("FailedIndexes");
    assertThat(status().path("completedIndexes").asString("")).isEqualTo("0,2");
    assertThat(status().path("failedIndexes").asString("")).isEqualTo("1");
    assertThat(status().path("failed").asInt(0)).isEqualTo(2);
    assertThat(pods().stream().map(p -> p.meta().annotations()))
        .anyMatch(
            a -> a.getOrDefault("batch.kubernetes.io/job-index-failure-count", "").equals("1"));
  }

  /** The failures of an index are counted on the pod that the next one follows. */
  @Test
  void a_failed_pod_of_an_index_is_kept_until_a_quota_lets_its_successor_in() {
    AtomicInteger refused = new AtomicInteger();
    AtomicBoolean full = new AtomicBoolean();
    cluster.api.setFault((verb, resource, name) ->
        full.get() && verb.equals("create") && resource.equals(Kinds.PODS)
            ? exceeded(refused)
            : Optional.empty());
    create(
        "{\"completions\":2,\"parallelism\":2,\"completionMode\":\"Indexed\","
            + "\"backoffLimitPerIndex\":1,\"backoffLimit\":2147483647}");
    cluster.await("two pods", () -> status().path("ready").asInt(0) == 2);
    full.set(true);
    exit(pod ->
        Optional.of(pod.object().meta().annotations().getOrDefault(INDEX, "").equals("1") ? 1 : 0));
    cluster.await("refusals", () -> refused.get() >= 3);
    cluster.await("the other", () -> status().path("completedIndexes").asString("").equals("0"));
    cluster.await("its count", () -> unaccounted() == 1);
    assertThat(pods()).hasSize(2);
    full.set(false);
    awaitCondition("Failed");
    assertThat(status().path("failedIndexes").asString("")).isEqualTo("1");
    assertThat(status().path("failed").asInt(0)).isEqualTo(2);
    assertThat(created()).isEqualTo(3);
  }

  private long unaccounted() {
    return pods().stream().filter(p -> !p.meta().finalizers().isEmpty()).count();
  }

  private static Optional<Status> exceeded(AtomicInteger refused) {
    refused.incrementAndGet();
    return Optional.of(Status.of(Reason.FORBIDDEN, "exceeded quota"));
  }

  @Test
  void too_many_failed_indexes_end_the_job() {
    exit(pod -> Optional.of(1));
    create(
        "{\"completions\":9,\"parallelism\":2,\"completionMode\":\"Indexed\","
            + "\"backoffLimitPerIndex\":0,\"maxFailedIndexes\":3,\"backoffLimit\":2147483647}");
    awaitCondition("Failed");
    assertThat(condition("Failed").path("reason").asString(""))
        .isEqualTo("MaxFailedIndexesExceeded");
  }

  @Test
  void a_failure_policy_can_fail_the_job_at_once_or_ignore_a_failure() {
    exit(pod -> Optional.of(42));
    create(
        "{\"podFailurePolicy\":{\"rules\":[{\"action\":\"FailJob\",\"onExitCodes\":"
            + "{\"containerName\":\"c\",\"operator\":\"In\",\"values\":[42]}}]}}");
    awaitCondition("Failed");
    String pod = pods().getFirst().name();
    assertThat(condition("Failed").path("reason").asString("")).isEqualTo("PodFailurePolicy");
    assertThat(condition("Failed").path("message").asString(""))
        .isEqualTo(
            "Container c for pod default/"
                + pod
                + " failed with exit code 42 matching FailJob rule at index 0");
  }

  @Test
  void ignored_failures_do_not_count() {
    Map<String, Integer> codes = new ConcurrentHashMap<>();
    exit(pod -> Optional.of(codes.computeIfAbsent(pod.uid(), uid -> codes.size() < 3 ? 7 : 0)));
    create(
        "{\"backoffLimit\":0,\"podFailurePolicy\":{\"rules\":[{\"action\":\"Ignore\","
            + "\"onExitCodes\":{\"operator\":\"NotIn\",\"values\":[1]}}]}}");
    awaitCondition("Complete");
    assertThat(status().path("failed").asInt(0)).isZero();
    assertThat(created()).isEqualTo(4);
  }

  @Test
  void a_success_policy_ends_the_job_early() {
    exit(pod ->
        pod.object().meta().annotations().getOrDefault(INDEX, "").equals("0")
            ? Optional.of(0)
            : Optional.empty());
    create(
        "{\"completions\":3,\"parallelism\":3,\"completionMode\":\"Indexed\","
            + "\"successPolicy\":{\"rules\":[{\"succeededIndexes\":\"0\"}]}}");
    awaitCondition("Complete");
    assertThat(condition("SuccessCriteriaMet").path("reason").asString(""))
        .isEqualTo("SuccessPolicy");
    assertThat(condition("SuccessCriteriaMet").path("message").asString(""))
        .isEqualTo("Matched rules at index 0");
    assertThat(pods()).hasSize(1);
    assertThat(status().path("failed").asInt(0)).isZero();
  }

  @Test
  void a_deadline_ends_what_takes_too_long_also_after_a_restart() {
    create("{\"activeDeadlineSeconds\":30,\"parallelism\":2,\"completions\":2}");
    cluster.await("two pods", () -> status().path("ready").asInt(0) == 2);
    cluster.crash();
    awaitCondition("Failed");
    assertThat(condition("Failed").path("reason").asString("")).isEqualTo("DeadlineExceeded");
    assertThat(condition("Failed").path("message").asString(""))
        .isEqualTo("Job was active longer than specified deadline");
    assertThat(status().path("failed").asInt(0)).isEqualTo(2);
    cluster.await("no pods", () -> pods().isEmpty());
  }

  @Test
  void a_suspended_job_has_no_pods_and_starts_anew_when_resumed() {
    create("{\"suspend\":true}");
    awaitCondition("Suspended");
    assertThat(pods()).isEmpty();
    assertThat(status().has("startTime")).isFalse();
    cluster.patch(Kinds.JOBS, "work", "{\"spec\":{\"suspend\":false}}");
    cluster.await("a pod", () -> status().path("ready").asInt(0) == 1);
    assertThat(condition("Suspended").path("reason").asString("")).isEqualTo("JobResumed");
    assertThat(status().has("startTime")).isTrue();
    cluster.patch(Kinds.JOBS, "work", "{\"spec\":{\"suspend\":true}}");
    cluster.await("no pod", () -> pods().isEmpty());
    cluster.await(
        "the condition", () -> condition("Suspended").path("status").asString("").equals("True"));
  }

  @Test
  void with_replacement_of_failed_pods_only_a_deleted_pod_ends_first() {
    cluster.kubelet.setEndsPods(false);
    create("{\"podReplacementPolicy\":\"Failed\"}");
    cluster.await("a pod", () -> status().path("ready").asInt(0) == 1);
    cluster.client.delete(pods().getFirst().key(), DeleteOptions.DEFAULT).orThrow();
    cluster.await("the report", () -> status().path("terminating").asInt(0) == 1);
    assertThat(pods()).hasSize(1);
    exit(pod -> pod.deleting() ? Optional.of(1) : Optional.empty());
    assertThat(created()).isEqualTo(1);
  }

  @Test
  void is_deleted_some_time_after_it_has_finished() {
    exit(pod -> Optional.of(0));
    create("{\"ttlSecondsAfterFinished\":60}");
    awaitCondition("Complete");
    cluster.crash();
    cluster.elapse(Duration.ofSeconds(50));
    assertThat(cluster.list(Kinds.JOBS)).hasSize(1);
    cluster.await("its end", () -> cluster.list(Kinds.JOBS).isEmpty());
    cluster.await("the end of its pods", () -> pods().isEmpty());
  }

  @Test
  void its_pods_go_with_it() {
    create("{\"parallelism\":3,\"completions\":3}");
    cluster.await("three pods", () -> status().path("ready").asInt(0) == 3);
    cluster
        .client
        .delete(
            TestCluster.key(Kinds.JOBS, "work"), new DeleteOptions(null, "Background", null, null))
        .orThrow();
    cluster.await("no pods", () -> pods().isEmpty());
  }

  @Test
  void somebody_elses_job_is_left_alone() {
    create("{\"managedBy\":\"example.com/queue\"}");
    cluster.elapse(Duration.ofSeconds(30));
    assertThat(pods()).isEmpty();
    assertThat(status().isEmpty()).isTrue();
  }

  private void exit(Function<PodView, Optional<Integer>> code) {
    cluster.kubelet.setExit(code);
  }

  private void create(String spec) {
    cluster.create(Kinds.JOBS, job(spec));
  }

  static ObjectNode job(String spec) {
    ObjectNode job = TestCluster.object("batch/v1", "Job", "work");
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(spec);
    ObjectNode completed = job.putObject("spec").put("completions", 1).put("parallelism", 1);
    completed.setAll(tree);
    if (completed.path("completions").isNull()) {
      completed.remove("completions");
    }
    completed.putObject("selector").putObject("matchLabels").put("job", "work");
    ObjectNode template = completed.putObject("template");
    template.putObject("metadata").putObject("labels").put("job", "work");
    ObjectNode pod = template.putObject("spec").put("restartPolicy", "Never");
    pod.putArray("containers").addObject().put("name", "c").put("image", "v1");
    return job;
  }

  private void awaitCondition(String type) {
    cluster.await(
        type,
        () -> condition(type).path("status").asString("").equals("True"),
        () -> status() + " " + cluster.list(Kinds.PODS).stream().map(ApiObject::tree).toList());
  }

  private JsonNode condition(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return Json.object();
  }

  private JsonNode status() {
    return cluster.get(Kinds.JOBS, "work").path("status");
  }

  private List<ApiObject> pods() {
    return cluster.list(Kinds.PODS);
  }

  private long created() {
    return cluster.api.writes().stream()
        .filter(w -> w.verb().equals("create") && w.resource().equals(Kinds.PODS))
        .map(FakeRequest::name)
        .count();
  }

  private Set<String> events() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(ApiObject::tree)
        .map(e -> e.path("reason").asString("") + " " + e.path("message").asString(""))
        .collect(Collectors.toSet());
  }
}

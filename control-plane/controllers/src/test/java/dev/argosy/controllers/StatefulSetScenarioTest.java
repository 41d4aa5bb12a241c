package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "StatefulSets" promises. */
class StatefulSetScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void pods_come_one_after_the_other_each_with_a_name_and_a_claim() {
    cluster.kubelet.setHealthy(pod -> !pod.name().equals("db-1"));
    create(3);
    cluster.await("the second", () -> pods().contains("db-1"));
    assertThat(pods()).containsExactly("db-0", "db-1");
    cluster.kubelet.setHealthy(pod -> true);
    cluster.await("all", () -> status("readyReplicas") == 3);
    JsonNode pod = cluster.get(Kinds.PODS, "db-2");
    assertThat(pod.at("/spec/hostname").asString("")).isEqualTo("db-2");
    assertThat(pod.at("/spec/subdomain").asString("")).isEqualTo("peers");
    assertThat(pod.at("/spec/volumes/0/persistentVolumeClaim/claimName").asString(""))
        .isEqualTo("data-db-2");
    JsonNode labels = pod.at("/metadata/labels");
    assertThat(labels.path("statefulset.kubernetes.io/pod-name").asString("")).isEqualTo("db-2");
    assertThat(labels.path("apps.kubernetes.io/pod-index").asString("")).isEqualTo("2");
    assertThat(labels.path("controller-revision-hash").asString(""))
        .isEqualTo(text("updateRevision"))
        .startsWith("db-");
    assertThat(claims()).containsExactly("data-db-0", "data-db-1", "data-db-2");
    assertThat(text("currentRevision")).isEqualTo(text("updateRevision"));
    assertThat(status("currentReplicas")).isEqualTo(3);
    assertThat(status("availableReplicas")).isEqualTo(3);
    assertThat(cluster.list(Kinds.REVISIONS)).hasSize(1);
    cluster.await(
        "the events",
        () ->
            events()
                .containsAll(
                    List.of(
                        "create Claim data-db-0 Pod db-0 in StatefulSet db success",
                        "create Pod db-0 in StatefulSet db successful")),
        this::events);
  }

  @Test
  void a_deleted_pod_comes_back_with_its_name_and_its_claim() {
    create(2);
    cluster.await("both", () -> status("readyReplicas") == 2);
    String before = uid("db-0");
    cluster.client.delete(TestCluster.key(Kinds.PODS, "db-0"), DeleteOptions.DEFAULT).orThrow();
    cluster.await(
        "the new one",
        () ->
            !uid("db-0").equals(before) && !uid("db-0").isEmpty() && status("readyReplicas") == 2);
    assertThat(claims()).hasSize(2);
  }

  @Test
  void scaling_down_goes_from_the_highest_number_and_keeps_the_claims() {
    create(3);
    cluster.await("three", () -> status("readyReplicas") == 3);
    cluster.crash();
    spec("{\"replicas\":1}");
    cluster.await("one", () -> pods().size() == 1 && status("replicas") == 1);
    assertThat(pods()).containsExactly("db-0");
    assertThat(claims()).hasSize(3);
    List<String> deleted =
        cluster.api.writes().stream()
            .filter(w -> w.verb().equals("delete") && w.resource().equals(Kinds.PODS))
            .filter(w -> w.user().contains("statefulset"))
            .map(FakeRequest::name)
            .toList();
    assertThat(deleted).containsExactly("db-2", "db-1");
  }

  @Test
  void a_new_template_replaces_pods_from_the_highest_number_down_to_the_partition() {
    create(3);
    cluster.await("three", () -> status("readyReplicas") == 3);
    spec("{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":1}}}");
    image("v2");
    cluster.await(
        "two new ones", () -> status("updatedReplicas") == 2 && status("readyReplicas") == 3);
    assertThat(imageOf("db-0")).isEqualTo("v1");
    assertThat(imageOf("db-1")).isEqualTo("v2");
    assertThat(text("currentRevision")).isNotEqualTo(text("updateRevision"));

    String before = uid("db-0");
    cluster.client.delete(TestCluster.key(Kinds.PODS, "db-0"), DeleteOptions.DEFAULT).orThrow();
    cluster.await("the old one again", () -> !uid("db-0").equals(before) && !uid("db-0").isEmpty());
    assertThat(imageOf("db-0")).isEqualTo("v1");

    spec("{\"updateStrategy\":{\"rollingUpdate\":{\"partition\":0}}}");
    cluster.await("all new", () -> text("currentRevision").equals(text("updateRevision")));
    assertThat(imageOf("db-0")).isEqualTo("v2");
    assertThat(cluster.list(Kinds.REVISIONS)).hasSize(2);

    image("v1");
    cluster.await(
        "back",
        () ->
            imageOf("db-0").equals("v1") && text("currentRevision").equals(text("updateRevision")));
    assertThat(cluster.list(Kinds.REVISIONS)).hasSize(2);
  }

  @Test
  void a_parallel_set_does_not_wait() {
    cluster.kubelet.setHealthy(pod -> false);
    ObjectNode set = set(4);
    set.withObject("/spec").put("podManagementPolicy", "Parallel");
    set.withObject("/spec").putObject("ordinals").put("start", 3);
    cluster.create(Kinds.STATEFUL_SETS, set);
    cluster.await("all", () -> pods().size() == 4);
    assertThat(pods()).containsExactly("db-3", "db-4", "db-5", "db-6");
  }

  @Test
  void a_pod_that_has_failed_is_made_anew() {
    create(1);
    cluster.await("it", () -> status("readyReplicas") == 1);
    String before = uid("db-0");
    cluster.kubelet.setExit(
        pod -> pod.uid().equals(before) ? java.util.Optional.of(1) : java.util.Optional.empty());
    cluster.await("another", () -> !uid("db-0").equals(before) && status("readyReplicas") == 1);
  }

  @Test
  void claims_go_with_the_pods_if_that_is_wanted() {
    ObjectNode set = set(2);
    set.withObject("/spec")
        .putObject("persistentVolumeClaimRetentionPolicy")
        .put("whenDeleted", "Delete")
        .put("whenScaled", "Delete");
    cluster.create(Kinds.STATEFUL_SETS, set);
    cluster.await("both", () -> status("readyReplicas") == 2);
    spec("{\"replicas\":1}");
    cluster.await("the end of a claim", () -> claims().size() == 1);
    assertThat(claims()).containsExactly("data-db-0");
    cluster
        .client
        .delete(
            TestCluster.key(Kinds.STATEFUL_SETS, "db"),
            new DeleteOptions(null, "Background", null, null))
        .orThrow();
    cluster.await("the end of all", () -> claims().isEmpty() && pods().isEmpty());
  }

  private void create(int replicas) {
    cluster.create(Kinds.STATEFUL_SETS, set(replicas));
  }

  static ObjectNode set(int replicas) {
    ObjectNode set = TestCluster.deployment("db", replicas, "v1").put("kind", "StatefulSet");
    ObjectNode spec = set.withObject("/spec").put("serviceName", "peers");
    ObjectNode claim = spec.putArray("volumeClaimTemplates").addObject();
    claim.putObject("metadata").put("name", "data");
    claim.putObject("spec").putArray("accessModes").add("ReadWriteOnce");
    return set;
  }

  private void spec(String json) {
    cluster.patch(Kinds.STATEFUL_SETS, "db", "{\"spec\":" + json + "}");
  }

  private void image(String image) {
    spec(
        "{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\""
            + image
            + "\"}]}}}");
  }

  private String imageOf(String pod) {
    return cluster.get(Kinds.PODS, pod).at("/spec/containers/0/image").asString("");
  }

  private String uid(String pod) {
    return cluster.get(Kinds.PODS, pod).at("/metadata/uid").asString("");
  }

  private Set<String> pods() {
    return names(cluster.list(Kinds.PODS));
  }

  private Set<String> claims() {
    return names(cluster.list(Kinds.VOLUME_CLAIMS));
  }

  private static Set<String> names(List<ApiObject> objects) {
    return objects.stream().map(ApiObject::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private int status(String field) {
    return cluster.get(Kinds.STATEFUL_SETS, "db").path("status").path(field).asInt(0);
  }

  private String text(String field) {
    return cluster.get(Kinds.STATEFUL_SETS, "db").path("status").path(field).asString("");
  }

  private Set<String> events() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(e -> e.tree().path("message").asString(""))
        .collect(Collectors.toSet());
  }
}

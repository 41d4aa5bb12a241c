package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Deployments" promises. */
class DeploymentScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void rolls_out_updates_and_goes_back() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 3, "v1"));
    awaitComplete(3);
    assertThat(revision()).isEqualTo("1");
    assertThat(images()).containsOnly("v1").hasSize(3);
    assertThat(condition("Available")).isEqualTo("MinimumReplicasAvailable");
    assertThat(condition("Progressing")).isEqualTo("NewReplicaSetAvailable");

    image("v2");
    awaitComplete(3);
    assertThat(images()).containsOnly("v2").hasSize(3);
    assertThat(revision()).isEqualTo("2");
    assertThat(cluster.list(Kinds.REPLICA_SETS)).hasSize(2);

    image("v1");
    awaitComplete(3);
    assertThat(images()).containsOnly("v1").hasSize(3);
    assertThat(revision()).isEqualTo("3");
    assertThat(cluster.list(Kinds.REPLICA_SETS)).hasSize(2);
    cluster.await("the events", () -> messages().stream().anyMatch(m -> m.startsWith("Scaled up")));
  }

  @Test
  void never_goes_below_what_must_be_available_nor_above_the_surge() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 4, "v1"));
    awaitComplete(4);
    image("v2");
    cluster.await(
        "the rollout",
        () -> {
          assertThat(wantedPods()).as("pods that the sets are asked for").isBetween(3, 5);
          assertThat(servingPods()).as("pods that serve").isGreaterThanOrEqualTo(3);
          return complete(4);
        });
  }

  /** What the surge limits; a set that is asked for less may still have its pods for a moment. */
  private int wantedPods() {
    return cluster.list(Kinds.REPLICA_SETS).stream()
        .mapToInt(set -> set.tree().at("/spec/replicas").asInt(0))
        .sum();
  }

  private long servingPods() {
    return cluster.list(Kinds.PODS).stream()
        .map(PodView.EVERYWHERE.decoder())
        .filter(pod -> pod.active() && pod.ready().isPresent())
        .count();
  }

  @Test
  void a_rollout_that_cannot_get_ready_stops_and_is_told() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 4, "v1"));
    awaitComplete(4);
    cluster.kubelet.setHealthy(
        pod -> !pod.object().tree().toString().contains("\"image\":\"broken\""));
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"progressDeadlineSeconds\":60}}");
    image("broken");
    cluster.await("two new pods", () -> images().stream().filter("broken"::equals).count() == 2);
    cluster.elapse(Duration.ofSeconds(70));
    cluster.await("the timeout", () -> condition("Progressing").equals("ProgressDeadlineExceeded"));
    assertThat(images().stream().filter("v1"::equals)).hasSize(3);
  }

  @Test
  void scales_up_and_down() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 1, "v1"));
    awaitComplete(1);
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":5}}");
    awaitComplete(5);
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":2}}");
    awaitComplete(2);
    cluster.await("pods are gone", () -> cluster.list(Kinds.PODS).size() == 2);
    assertThat(cluster.list(Kinds.REPLICA_SETS)).hasSize(1);
  }

  @Test
  void paused_it_scales_but_does_not_roll_out() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    awaitComplete(2);
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"paused\":true}}");
    image("v2");
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":3}}");
    cluster.await("three old pods", () -> images().equals(List.of("v1", "v1", "v1")));
    cluster.await("paused", () -> condition("Progressing").equals("DeploymentPaused"));
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"paused\":false}}");
    awaitComplete(3);
    assertThat(images()).containsOnly("v2");
  }

  @Test
  void recreate_ends_all_old_pods_first() {
    var deployment = TestCluster.deployment("web", 2, "v1");
    deployment.withObject("/spec").putObject("strategy").put("type", "Recreate");
    cluster.create(Kinds.DEPLOYMENTS, deployment);
    awaitComplete(2);
    cluster.kubelet.setEndsPods(false);
    image("v2");
    cluster.await(
        "old pods are ending",
        () -> cluster.list(Kinds.PODS).stream().allMatch(p -> p.meta().deleting()));
    assertThat(cluster.list(Kinds.REPLICA_SETS)).hasSize(1);
    cluster.kubelet.setEndsPods(true);
    awaitComplete(2);
    assertThat(images()).containsOnly("v2");
  }

  @Test
  void deleting_it_takes_everything_along() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    awaitComplete(2);
    cluster.client.delete(TestCluster.key(Kinds.DEPLOYMENTS, "web"), DeleteOptions.DEFAULT);
    cluster.await(
        "all is gone",
        () -> cluster.list(Kinds.PODS).isEmpty() && cluster.list(Kinds.REPLICA_SETS).isEmpty());
  }

  @Test
  void foreground_deletion_ends_with_the_owner_and_orphaning_leaves_the_rest() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    awaitComplete(2);
    cluster.client.delete(
        TestCluster.key(Kinds.DEPLOYMENTS, "web"), new DeleteOptions(null, "Orphan", null, null));
    cluster.await("the deployment is gone", () -> cluster.list(Kinds.DEPLOYMENTS).isEmpty());
    assertThat(cluster.list(Kinds.PODS)).hasSize(2);
    ApiObject set = cluster.list(Kinds.REPLICA_SETS).getFirst();
    assertThat(set.meta().ownerReferences()).isEmpty();

    cluster.client.delete(set.key(), new DeleteOptions(null, "Foreground", null, null));
    cluster.await(
        "all is gone",
        () -> {
          boolean pods = !cluster.list(Kinds.PODS).isEmpty();
          boolean owner = !cluster.list(Kinds.REPLICA_SETS).isEmpty();
          return !pods && !owner;
        });
  }

  @Test
  void an_orphan_that_its_collector_did_not_know_yet_stays() {
    ApiObject owner = cluster.create(Kinds.CONFIG_MAPS, object("ConfigMap", "owner"));
    cluster.elapse(Duration.ofSeconds(5));
    cluster.api.setFault((verb, resource, name) ->
        verb.equals("watch") && resource.equals(Kinds.SERVICES)
            ? Optional.of(Status.of(Reason.SERVICE_UNAVAILABLE, "later"))
            : Optional.empty());
    cluster.api.cutWatches();
    ObjectNode service = object("Service", "owned");
    service
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "v1")
        .put("kind", "ConfigMap")
        .put("name", "owner")
        .put("uid", owner.meta().uid());
    cluster.create(Kinds.SERVICES, service);
    cluster.client.delete(owner.key(), new DeleteOptions(null, "Orphan", null, null));
    cluster.await("no owner", () -> cluster.get(Kinds.CONFIG_MAPS, "owner").isEmpty());
    assertThat(cluster.get(Kinds.SERVICES, "owned").at("/metadata/ownerReferences")).isEmpty();
  }

  private static ObjectNode object(String kind, String name) {
    return TestCluster.object("v1", kind, name);
  }

  private void image(String image) {
    cluster.patch(
        Kinds.DEPLOYMENTS,
        "web",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\""
            + image
            + "\"}]}}}}");
  }

  private void awaitComplete(int replicas) {
    cluster.await(
        "the rollout",
        () -> complete(replicas),
        () ->
            cluster.get(Kinds.DEPLOYMENTS, "web")
                + "\n"
                + cluster.list(Kinds.REPLICA_SETS).stream().map(ApiObject::tree).toList());
  }

  private boolean complete(int replicas) {
    JsonNode web = cluster.get(Kinds.DEPLOYMENTS, "web");
    JsonNode status = web.path("status");
    return status.path("observedGeneration").asLong(0)
            == web.path("metadata").path("generation").asLong(1)
        && status.path("updatedReplicas").asInt(0) == replicas
        && status.path("availableReplicas").asInt(0) == replicas
        && status.path("replicas").asInt(0) == replicas;
  }

  private String revision() {
    return cluster
        .get(Kinds.DEPLOYMENTS, "web")
        .at("/metadata/annotations")
        .path("deployment.kubernetes.io/revision")
        .asString("");
  }

  private String condition(String type) {
    for (JsonNode condition : cluster.get(Kinds.DEPLOYMENTS, "web").at("/status/conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("reason").asString("");
      }
    }
    return "";
  }

  private List<String> images() {
    return cluster.list(Kinds.PODS).stream()
        .filter(p -> !p.meta().deleting())
        .map(p -> p.tree().at("/spec/containers/0/image").asString(""))
        .toList();
  }

  private List<String> messages() {
    return cluster.list(Kinds.EVENTS).stream()
        .map(e -> e.tree().path("message").asString(""))
        .toList();
  }
}

package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "ReplicationController" promises. */
class ReplicationControllerScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void keeps_the_number_of_pods_and_replaces_those_that_are_deleted() {
    create(3);
    cluster.await("three ready", () -> status().path("readyReplicas").asInt(0) == 3);
    ApiObject victim = pods().getFirst();
    cluster.client.delete(victim.key(), dev.argosy.model.client.DeleteOptions.DEFAULT).orThrow();
    cluster.await(
        "another",
        () ->
            pods().size() == 3
                && pods().stream().noneMatch(p -> p.name().equals(victim.name()))
                && status().path("availableReplicas").asInt(0) == 3);
    OwnerReference owner = pods().getFirst().meta().controller().orElseThrow();
    assertThat(owner.apiVersion()).isEqualTo("v1");
    assertThat(owner.kind()).isEqualTo("ReplicationController");
    assertThat(status().has("terminatingReplicas")).isFalse();
    assertThat(status().path("observedGeneration").asInt()).isEqualTo(1);
  }

  @Test
  void too_many_pods_are_ended_also_after_a_restart() {
    create(4);
    cluster.await("four", () -> status().path("readyReplicas").asInt(0) == 4);
    cluster.crash();
    cluster.patch(Kinds.REPLICATION_CONTROLLERS, "web", "{\"spec\":{\"replicas\":1}}");
    cluster.await("one", () -> pods().size() == 1 && status().path("replicas").asInt(0) == 1);
  }

  @Test
  void a_pod_whose_label_changes_is_let_go() {
    create(2);
    cluster.await("two", () -> status().path("readyReplicas").asInt(0) == 2);
    String name = pods().getFirst().name();
    cluster.patch(Kinds.PODS, name, "{\"metadata\":{\"labels\":{\"app\":\"debug\"}}}");
    cluster.await("a third", () -> pods().size() == 3 && status().path("replicas").asInt(0) == 2);
    cluster.await(
        "the release",
        () -> cluster.get(Kinds.PODS, name).at("/metadata/ownerReferences").isEmpty());
  }

  @Test
  void a_quota_shows_as_a_condition_until_it_lets_the_pods_through() {
    cluster.api.setFault((verb, resource, name) ->
        verb.equals("create") && resource.equals(Kinds.PODS)
            ? Optional.of(Status.of(Reason.FORBIDDEN, "exceeded quota"))
            : Optional.empty());
    create(2);
    cluster.await(
        "the condition", () -> status().at("/conditions/0/status").asString("").equals("True"));
    assertThat(status().at("/conditions/0/type").asString()).isEqualTo("ReplicaFailure");
    assertThat(status().at("/conditions/0/reason").asString()).isEqualTo("FailedCreate");
    cluster.api.setFault((verb, resource, name) -> Optional.empty());
    cluster.await("no condition", () -> status().path("conditions").isEmpty());
  }

  private void create(int replicas) {
    ObjectNode controller = TestCluster.deployment("web", replicas, "v1");
    controller.put("apiVersion", "v1").put("kind", "ReplicationController");
    controller.withObject("/spec").putObject("selector").put("app", "web");
    cluster.create(Kinds.REPLICATION_CONTROLLERS, controller);
  }

  private JsonNode status() {
    return cluster.get(Kinds.REPLICATION_CONTROLLERS, "web").path("status");
  }

  private List<ApiObject> pods() {
    return cluster.list(Kinds.PODS).stream().filter(p -> !p.meta().deleting()).toList();
  }
}

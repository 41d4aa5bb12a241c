package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "ReplicaSet" promises. */
class ReplicaSetScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void takes_in_pods_that_match_and_lets_go_of_those_that_no_longer_do() {
    cluster.create(Kinds.PODS, pod("stray", "web"));
    cluster.create(Kinds.REPLICA_SETS, set("web", 2));
    cluster.await("two pods", () -> owned().size() == 2);
    assertThat(owned()).anyMatch(p -> p.name().equals("stray"));

    cluster.patch(Kinds.PODS, "stray", "{\"metadata\":{\"labels\":{\"app\":\"debug\"}}}");
    cluster.await("the release", () -> owned().size() == 2 && cluster.list(Kinds.PODS).size() == 3);
    assertThat(owned()).noneMatch(p -> p.name().equals("stray"));
  }

  @Test
  void pods_that_are_not_ready_go_first() {
    AtomicReference<String> sick = new AtomicReference<>();
    cluster.kubelet.setHealthy(pod -> {
      sick.compareAndSet(null, pod.key().name());
      return !pod.key().name().equals(sick.get());
    });
    cluster.create(Kinds.REPLICA_SETS, set("web", 3));
    cluster.await("two ready", () -> status("readyReplicas") == 2 && status("replicas") == 3);
    cluster.patch(Kinds.REPLICA_SETS, "web", "{\"spec\":{\"replicas\":2}}");
    cluster.await("two pods", () -> cluster.list(Kinds.PODS).size() == 2);
    assertThat(cluster.list(Kinds.PODS)).noneMatch(p -> p.name().equals(sick.get()));
  }

  @Test
  void a_refused_pod_is_told_and_does_not_cause_a_flood() {
    cluster.api.setFault((verb, resource, name) ->
        verb.equals("create") && resource.equals(Kinds.PODS)
            ? Optional.of(Status.of(Reason.FORBIDDEN, "exceeded quota"))
            : Optional.empty());
    cluster.create(Kinds.REPLICA_SETS, set("web", 50));
    cluster.await(
        "the condition",
        () ->
            cluster
                .get(Kinds.REPLICA_SETS, "web")
                .at("/status/conditions/0/message")
                .asString("")
                .equals("exceeded quota"));
    cluster.api.setFault((verb, resource, name) -> Optional.empty());
    cluster.await("all pods", () -> status("readyReplicas") == 50);
    cluster.await(
        "no condition",
        () -> cluster.get(Kinds.REPLICA_SETS, "web").at("/status/conditions").isEmpty());
    long created =
        cluster.api.writes().stream()
            .filter(w -> w.verb().equals("create") && w.resource().equals(Kinds.PODS))
            .map(FakeRequest::name)
            .count();
    assertThat(created).isEqualTo(50);
  }

  private static ObjectNode pod(String name, String app) {
    ObjectNode pod = TestCluster.object("v1", "Pod", name);
    pod.withObject("/metadata").putObject("labels").put("app", app);
    pod.putObject("spec").putArray("containers").addObject().put("name", "c");
    return pod;
  }

  private static ObjectNode set(String name, int replicas) {
    ObjectNode set = TestCluster.deployment(name, replicas, "v1");
    return set.put("kind", "ReplicaSet");
  }

  private List<ApiObject> owned() {
    return cluster.list(Kinds.PODS).stream()
        .filter(p -> p.meta().controller().isPresent() && !p.meta().deleting())
        .toList();
  }

  private int status(String field) {
    return cluster.get(Kinds.REPLICA_SETS, "web").path("status").path(field).asInt(0);
  }
}

package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** A tenant in which nothing happens costs nothing: no timer that fires, no list, no reconcile. */
class IdleTenantsTest {

  private static final Duration LONG = Duration.ofHours(6);

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text);
  }

  /** One of everything that a tenant may leave lying about. */
  private static void settle(TestCluster cluster) {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    cluster.create(Kinds.STATEFUL_SETS, StatefulSetScenarioTest.set(1));
    cluster.create(
        Kinds.JOBS, JobScenarioTest.job("{\"completions\":1,\"backoffLimit\":0,\"suspend\":true}"));
    cluster.create(
        Kinds.SERVICES,
        json(
            "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"selector\":{\"app\":\"web\"},"
                + "\"ports\":[{\"port\":80}]}}"));
    cluster.create(
        Kinds.DISRUPTION_BUDGETS,
        json(
            "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"minAvailable\":1,"
                + "\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}}"));
    cluster.create(
        Kinds.VOLUME_CLAIMS,
        json("{\"metadata\":{\"name\":\"unbound\"},\"spec\":{\"storageClassName\":\"none\"}}"));
    // a rollout that hangs, and pods that take a month to count as available
    cluster.kubelet.setHealthy(pod -> !pod.name().startsWith("stuck"));
    ObjectNode stuck = TestCluster.deployment("stuck", 1, "v1");
    stuck.withObject("/spec").put("progressDeadlineSeconds", 60);
    cluster.create(Kinds.DEPLOYMENTS, stuck);
    ObjectNode slow = TestCluster.deployment("slow", 1, "v1");
    slow.withObject("/spec")
        .put("minReadySeconds", 2_592_000)
        .put("progressDeadlineSeconds", 2_592_001);
    cluster.create(Kinds.DEPLOYMENTS, slow);
    ResourceScope namespaces = ResourceScope.cluster(Kinds.NAMESPACES, TestCluster.TENANT);
    for (int i = 0; i < 20; i++) {
      cluster.client.create(namespaces, TestCluster.object("v1", "Namespace", "n" + i)).orThrow();
    }
  }

  /** What comes next without anybody's doing: only timers can bring it. */
  private static int timers(boolean tenant) {
    try (TestCluster cluster = new TestCluster()) {
      if (tenant) {
        settle(cluster);
      }
      cluster.elapse(Duration.ofMinutes(2));
      return cluster.timers.pending(LONG);
    }
  }

  @Test
  void a_tenant_in_which_nothing_happens_has_no_timer() {
    assertThat(timers(true)).isEqualTo(timers(false));
  }

  @Test
  void a_namespace_that_hangs_is_looked_at_ever_more_rarely() {
    try (TestCluster cluster = new TestCluster()) {
      ObjectNode map = TestCluster.object("v1", "ConfigMap", "held");
      map.withObject("/metadata").putArray("finalizers").add("example.com/hold");
      cluster.create(Kinds.CONFIG_MAPS, map);
      ObjectKey namespace = new ObjectKey(Kinds.NAMESPACES, TestCluster.TENANT, "", "default");
      cluster.client.delete(namespace, DeleteOptions.DEFAULT).orThrow();
      cluster.elapse(Duration.ofMinutes(2));
      AtomicInteger looks = new AtomicInteger();
      cluster.api.setFault((verb, resource, name) -> {
        if (verb.equals("list") && resource.equals(Kinds.CONFIG_MAPS)) {
          looks.incrementAndGet();
        }
        return Optional.empty();
      });
      cluster.elapse(Duration.ofMinutes(2));
      assertThat(looks.get()).isBetween(1, 10);
      cluster.patch(Kinds.CONFIG_MAPS, "held", "{\"metadata\":{\"finalizers\":null}}");
      cluster.await("the end", () -> cluster.client.get(namespace).orAbsent().isEmpty());
    }
  }
}

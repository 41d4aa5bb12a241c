package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeRequest;
import dev.argosy.model.kind.GroupResource;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** One tenant's flood and another's few objects; counted in writes, never in time. */
class NoisyTenantTest {

  private static final int FLOOD = 600;

  /** As many as there are workers, and some more: all of them may be at it when it begins. */
  private static final int A_FEW_TURNS = 40;

  private static final String QUIET = "quiet";

  private static void create(
      TestCluster cluster, String tenant, GroupResource resource, ObjectNode object) {
    cluster.client.create(ResourceScope.namespace(resource, tenant, "default"), object).orThrow();
  }

  private static int index(List<FakeRequest> writes, Predicate<FakeRequest> which) {
    for (int i = 0; i < writes.size(); i++) {
      if (which.test(writes.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean ofQuiet(FakeRequest write, GroupResource resource) {
    return write.cluster().equals(QUIET) && write.resource().equals(resource);
  }

  @Test
  void a_deployment_does_not_wait_for_another_tenants_flood() {
    try (TestCluster cluster = new TestCluster(TestCluster.TENANT, QUIET)) {
      // all there when the controllers begin, as after a hand-over: the longest queue there can be
      cluster.stop();
      for (int i = 0; i < FLOOD; i++) {
        create(
            cluster,
            TestCluster.TENANT,
            Kinds.DEPLOYMENTS,
            TestCluster.deployment("d" + i, 1, "v1"));
      }
      create(cluster, QUIET, Kinds.DEPLOYMENTS, TestCluster.deployment("web", 1, "v1"));
      int before = cluster.api.writes().size();
      cluster.crash(new AwayClients(cluster.api));
      cluster.await(
          "the quiet tenant's pod",
          () -> cluster.api.writes().stream().anyMatch(w -> ofQuiet(w, Kinds.PODS)));
      List<FakeRequest> writes = cluster.api.writes();
      long noisySets =
          writes.subList(before, index(writes, w -> ofQuiet(w, Kinds.REPLICA_SETS))).stream()
              .filter(w -> w.cluster().equals(TestCluster.TENANT))
              .filter(w -> w.resource().equals(Kinds.REPLICA_SETS) && w.verb().equals("create"))
              .count();
      assertThat(noisySets).isLessThan(A_FEW_TURNS);
    }
  }
}

package dev.argosy.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.pod.PodView;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What tenants see of fair share. */
class FairShareScenarioTest {

  private static final GroupResource QUOTAS =
      new GroupResource("tenancy.argosy.dev", "tenantquotas");

  private final TestScheduler scheduler = new TestScheduler();

  @AfterEach
  void close() {
    scheduler.close();
  }

  private ObjectKey pod(String cluster, String name, int priority) {
    ObjectNode pod = TestPods.pod(name, "1");
    pod.withObject("/spec").put("priority", priority);
    return scheduler.pod(cluster, pod);
  }

  private void guarantee(String tenant, String cpu) {
    ObjectNode quota = Json.object();
    quota.put("apiVersion", "tenancy.argosy.dev/v1").put("kind", "TenantQuota");
    quota.putObject("metadata").put("name", tenant);
    quota.putObject("spec").put("tenant", tenant);
    scheduler.client.create(ResourceScope.cluster(QUOTAS, "root"), quota).orThrow();
    ObjectKey key = new ObjectKey(QUOTAS, "root", "", tenant);
    String status = "{'status':{'guaranteed':{'requests.cpu':'" + cpu + "'}}}";
    scheduler.client.patch(key, "status", Patch.merge(TestPods.json(status))).orThrow();
  }

  /** The node comes while no scheduler runs, so that all pods are there first. */
  private void nodeComes(String cpu) {
    scheduler.crash(() -> scheduler.node(TestPods.node("n1", cpu, 10)));
  }

  private void awaitBound(int count) {
    scheduler.await("bindings", () -> bound().size() == count, this::bound);
  }

  private List<String> bound() {
    return scheduler.all(TestScheduler.PODS).stream()
        .filter(p -> !PodView.of(p).node().isEmpty())
        .map(p -> p.key().cluster() + "/" + p.name())
        .sorted()
        .toList();
  }

  @Test
  void nobodyTakesAllByCallingItImportant() {
    for (int i = 0; i < 4; i++) {
      pod("acme", "p" + i, 1_000_000_000);
    }
    pod("globex", "q0", 0);
    ObjectKey last = pod("globex", "q1", -5);
    nodeComes("4");
    awaitBound(4);
    scheduler.awaitTold(last, "");
    assertThat(bound()).containsExactly("acme/p0", "acme/p1", "globex/q0", "globex/q1");
  }

  @Test
  void whatIsGuaranteedIsGivenFirst() {
    for (int i = 0; i < 3; i++) {
      pod("acme", "p" + i, 5);
      pod("globex", "q" + i, 0);
    }
    guarantee("globex", "2");
    nodeComes("3");
    awaitBound(3);
    assertThat(bound()).containsExactly("acme/p0", "globex/q0", "globex/q1");
  }
}

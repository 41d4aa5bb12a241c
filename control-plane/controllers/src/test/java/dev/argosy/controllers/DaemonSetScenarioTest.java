package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "DaemonSet" promises. */
class DaemonSetScenarioTest {

  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void each_node_gets_a_pod_also_one_that_comes_later() {
    cluster.addNode("node-2");
    create(set());
    cluster.await("two", () -> status("numberReady") == 2);
    assertThat(nodes()).containsExactly("node-1", "node-2");
    cluster.crash();
    cluster.addNode("node-3");
    cluster.await("three", () -> status("numberAvailable") == 3);
    assertThat(status("desiredNumberScheduled")).isEqualTo(3);
    assertThat(status("currentNumberScheduled")).isEqualTo(3);
    assertThat(status("updatedNumberScheduled")).isEqualTo(3);
    JsonNode spec = cluster.list(Kinds.PODS).getFirst().tree().path("spec");
    assertThat(spec.path("tolerations").size()).isEqualTo(6);
    assertThat(cluster.list(Kinds.PODS).getFirst().meta().labels())
        .containsKeys("controller-revision-hash", "pod-template-generation");
  }

  @Test
  void nodes_that_do_not_fit_get_none_and_lose_theirs() {
    cluster.addNode("node-2");
    cluster.patchRoot(Kinds.NODES, "node-2", "{\"metadata\":{\"labels\":{\"disk\":\"ssd\"}}}");
    ObjectNode set = set();
    set.withObject("/spec/template/spec").putObject("nodeSelector").put("disk", "ssd");
    create(set);
    cluster.await("one", () -> status("numberReady") == 1);
    assertThat(nodes()).containsExactly("node-2");
    cluster.patchRoot(Kinds.NODES, "node-2", "{\"metadata\":{\"labels\":{\"disk\":\"hdd\"}}}");
    cluster.await("none", () -> pods().isEmpty() && status("desiredNumberScheduled") == 0);
  }

  @Test
  void a_taint_that_is_not_borne_keeps_new_pods_away_but_ends_none_unless_it_says_so() {
    create(set());
    cluster.await("one", () -> status("numberReady") == 1);
    taint("node-1", "NoSchedule");
    cluster.await("the count", () -> status("numberMisscheduled") == 1);
    assertThat(pods()).hasSize(1);
    taint("node-1", "NoExecute");
    cluster.await("none", () -> pods().isEmpty());
  }

  @Test
  void a_tenant_has_daemons_on_its_own_nodes_only() {
    cluster.addNode("node-2");
    cluster.patchRoot(
        Kinds.NODES, "node-2", "{\"metadata\":{\"labels\":{\"argosy.dev/pool\":\"fast\"}}}");
    create(set());
    cluster.await("one", () -> status("numberReady") == 1);
    assertThat(nodes()).containsExactly("node-1");
    ObjectNode tenant = TestCluster.object("tenancy.argosy.dev/v1", "Tenant", TestCluster.TENANT);
    tenant.putObject("spec").putArray("nodePools").add("default").add("fast");
    cluster.client.create(ResourceScope.cluster(TENANTS, "root"), tenant).orThrow();
    cluster.await("two", () -> status("numberReady") == 2);
  }

  @Test
  void a_new_template_replaces_one_pod_after_the_other() {
    cluster.addNode("node-2");
    create(set());
    cluster.await("two", () -> status("numberReady") == 2);
    cluster.kubelet.setHealthy(pod -> !image(pod.object()).equals("v2"));
    image("v2");
    cluster.await("the first", () -> status("updatedNumberScheduled") == 1);
    assertThat(pods().stream().filter(p -> image(p).equals("v1"))).hasSize(1);
    cluster.kubelet.setHealthy(pod -> true);
    cluster.await(
        "both", () -> status("updatedNumberScheduled") == 2 && status("numberAvailable") == 2);
    assertThat(pods()).allMatch(p -> image(p).equals("v2"));
    assertThat(cluster.list(Kinds.REVISIONS)).hasSize(2);
  }

  @Test
  void with_a_surge_the_old_pod_stays_until_the_new_one_is_there() {
    ObjectNode set = set();
    set.withObject("/spec")
        .putObject("updateStrategy")
        .putObject("rollingUpdate")
        .put("maxSurge", 1)
        .put("maxUnavailable", 0);
    create(set);
    cluster.await("one", () -> status("numberReady") == 1);
    cluster.kubelet.setHealthy(pod -> !image(pod.object()).equals("v2"));
    image("v2");
    cluster.await("the second", () -> pods().size() == 2);
    assertThat(status("numberAvailable")).isEqualTo(1);
    cluster.kubelet.setHealthy(pod -> true);
    cluster.await("the new one", () -> pods().size() == 1 && image(pods().getFirst()).equals("v2"));
  }

  @Test
  void on_delete_waits_until_somebody_deletes() {
    ObjectNode set = set();
    set.withObject("/spec").putObject("updateStrategy").put("type", "OnDelete");
    create(set);
    cluster.await("one", () -> status("numberReady") == 1);
    image("v2");
    cluster.await("the count", () -> status("updatedNumberScheduled") == 0);
    assertThat(image(pods().getFirst())).isEqualTo("v1");
    cluster.client.delete(pods().getFirst().key(), DeleteOptions.DEFAULT).orThrow();
    cluster.await("the new one", () -> pods().size() == 1 && image(pods().getFirst()).equals("v2"));
  }

  private void create(ObjectNode set) {
    cluster.create(Kinds.DAEMON_SETS, set);
  }

  private static ObjectNode set() {
    ObjectNode set = TestCluster.deployment("agent", 0, "v1").put("kind", "DaemonSet");
    set.withObject("/spec").remove("replicas");
    return set;
  }

  private void taint(String node, String effect) {
    cluster.patchRoot(
        Kinds.NODES,
        node,
        "{\"spec\":{\"taints\":[{\"key\":\"broken\",\"effect\":\"" + effect + "\"}]}}");
  }

  private void image(String image) {
    cluster.patch(
        Kinds.DAEMON_SETS,
        "agent",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\""
            + image
            + "\"}]}}}}");
  }

  private static String image(ApiObject pod) {
    return pod.tree().at("/spec/containers/0/image").asString("");
  }

  private List<ApiObject> pods() {
    return cluster.list(Kinds.PODS).stream().filter(p -> !p.meta().deleting()).toList();
  }

  private Set<String> nodes() {
    return pods().stream()
        .map(p -> p.tree().at("/spec/nodeName").asString(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private int status(String field) {
    return cluster.get(Kinds.DAEMON_SETS, "agent").path("status").path(field).asInt(0);
  }
}

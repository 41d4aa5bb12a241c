package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Namespaces, services, nodes: what happens by itself. */
class ClusterScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void every_namespace_has_a_service_account_and_the_ca_which_is_put_back() {
    cluster.await(
        "the account", () -> cluster.get(Kinds.SERVICE_ACCOUNTS, "default").has("metadata"));
    cluster.await("the CA", () -> ca().equals("CA"));
    cluster.patch(Kinds.CONFIG_MAPS, "kube-root-ca.crt", "{\"data\":{\"ca.crt\":\"forged\"}}");
    cluster.await("the CA is put back", () -> ca().equals("CA"));
    cluster.client.delete(
        TestCluster.key(Kinds.SERVICE_ACCOUNTS, "default"), DeleteOptions.DEFAULT);
    cluster.await(
        "the account again", () -> cluster.get(Kinds.SERVICE_ACCOUNTS, "default").has("metadata"));
  }

  private String ca() {
    return cluster
        .get(Kinds.CONFIG_MAPS, "kube-root-ca.crt")
        .path("data")
        .path("ca.crt")
        .asString("");
  }

  @Test
  void a_deleted_namespace_is_emptied_and_goes() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    cluster.await("pods", () -> cluster.list(Kinds.PODS).size() == 2);
    ObjectKey key = new ObjectKey(Kinds.NAMESPACES, TestCluster.TENANT, "", "default");
    cluster.client.delete(key, DeleteOptions.DEFAULT).orThrow();
    cluster.await("the namespace is gone", () -> cluster.client.get(key).orAbsent().isEmpty());
    for (var type : Types.ALL) {
      if (type.namespaced() && !type.resource().equals("events")) {
        assertThat(cluster.list(type.groupResource())).isEmpty();
      }
    }
  }

  @Test
  void a_service_has_endpoints_and_slices_of_its_ready_pods() {
    service("web", "None");
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 2, "v1"));
    cluster.await("two addresses", () -> addresses("addresses") == 2 && ready() == 2);
    cluster.await("one slice", () -> cluster.list(Kinds.ENDPOINT_SLICES).size() == 1);
    ApiObject slice = cluster.list(Kinds.ENDPOINT_SLICES).getFirst();
    assertThat(slice.meta().labels())
        .containsEntry("kubernetes.io/service-name", "web")
        .containsEntry("service.kubernetes.io/headless", "")
        .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
    assertThat(slice.tree().at("/ports/0/port").asInt(0)).isEqualTo(8080);

    cluster.elapse(Duration.ofSeconds(5));
    long writes = endpointWrites();
    cluster.patch(Kinds.SERVICES, "web", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    cluster.kubelet.setHealthy(pod -> false);
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":3}}");
    cluster.await("a third pod", () -> cluster.list(Kinds.PODS).size() == 3);
    cluster.elapse(Duration.ofSeconds(5));
    assertThat(endpointWrites()).isEqualTo(writes);

    cluster.client.delete(TestCluster.key(Kinds.SERVICES, "web"), DeleteOptions.DEFAULT);
    cluster.await(
        "all is gone",
        () ->
            cluster.list(Kinds.ENDPOINTS).isEmpty()
                && cluster.list(Kinds.ENDPOINT_SLICES).isEmpty());
  }

  @Test
  void terminating_pods_serve_but_are_not_ready() {
    service("web", "10.96.0.9");
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 1, "v1"));
    cluster.await("ready", () -> ready() == 1);
    cluster.kubelet.setEndsPods(false);
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":0}}");
    cluster.await("terminating", () -> ready() == 0 && terminating() == 1);
    cluster.await("no address", () -> addresses("addresses") == 0);
    cluster.kubelet.setEndsPods(true);
    cluster.await("empty", () -> terminating() == 0);
    assertThat(cluster.list(Kinds.ENDPOINT_SLICES)).hasSize(1);
  }

  @Test
  void more_than_a_hundred_endpoints_take_more_slices() {
    service("web", "10.96.0.9");
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 130, "v1"));
    cluster.await("all ready", () -> ready() == 130);
    assertThat(cluster.list(Kinds.ENDPOINT_SLICES))
        .allMatch(s -> s.tree().path("endpoints").size() <= 100)
        .hasSize(2);
  }

  @Test
  void every_node_gets_its_own_subnet() {
    cluster.addNode("node-2");
    cluster.addNode("node-3");
    cluster.await(
        "subnets",
        () ->
            List.of("node-1", "node-2", "node-3").stream()
                    .map(this::podCidr)
                    .filter(cidr -> cidr.matches("10\\.244\\.\\d+\\.0/24"))
                    .distinct()
                    .count()
                == 3);
  }

  @Test
  void a_silent_node_is_unknown_tainted_and_emptied() {
    cluster.addLivingNode("node-2");
    ObjectNode deployment = TestCluster.deployment("web", 1, "v1");
    deployment
        .withObject("/spec/template/spec")
        .set(
            "tolerations",
            Json.mapper()
                .readTree(
                    "[{\"key\":\"node.kubernetes.io/unreachable\",\"operator\":\"Exists\","
                        + "\"effect\":\"NoExecute\",\"tolerationSeconds\":300}]"));
    cluster.create(Kinds.DEPLOYMENTS, deployment);
    cluster.await("running", () -> readyPods() == 1);
    String first = cluster.list(Kinds.PODS).getFirst().meta().uid();
    cluster.await("no taint", () -> taints("node-1").isEmpty());

    cluster.kubelet.setHealthy(pod -> false);
    cluster.stopHeartbeats();
    cluster.elapse(Duration.ofSeconds(41));
    cluster.await("unknown", () -> nodeReady().equals("Unknown"));
    cluster.await(
        "tainted",
        () ->
            taints("node-1")
                .equals(
                    List.of(
                        "node.kubernetes.io/unreachable:NoSchedule",
                        "node.kubernetes.io/unreachable:NoExecute")));
    cluster.await("pods not ready", () -> readyPods() == 0);
    assertThat(uids()).contains(first);
    cluster.elapse(Duration.ofSeconds(280));
    assertThat(uids()).contains(first);
    cluster.timers.advance(Duration.ofSeconds(30));
    cluster.await("evicted", () -> !uids().contains(first));

    cluster.resumeHeartbeats();
    ready("node-1");
    cluster.await("no taint", () -> taints("node-1").isEmpty());
  }

  @Test
  void pods_of_a_node_that_is_gone_are_removed() {
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 1, "v1"));
    cluster.await("running", () -> readyPods() == 1);
    String first = cluster.list(Kinds.PODS).getFirst().meta().uid();
    cluster.kubelet.setHealthy(pod -> false);
    cluster.client.delete(nodeKey("node-1"), DeleteOptions.DEFAULT).orThrow();
    cluster.timers.advance(Duration.ofSeconds(30));
    assertThat(uids()).contains(first);
    cluster.timers.advance(Duration.ofSeconds(15));
    cluster.await("removed", () -> !uids().contains(first));
  }

  private void service(String name, String clusterIp) {
    ObjectNode service = TestCluster.object("v1", "Service", name);
    ObjectNode spec = service.putObject("spec").put("clusterIP", clusterIp);
    spec.putObject("selector").put("app", name);
    spec.putArray("ports").addObject().put("port", 80).put("targetPort", 8080);
    cluster.create(Kinds.SERVICES, service);
  }

  private int addresses(String kind) {
    int count = 0;
    for (JsonNode subset : cluster.get(Kinds.ENDPOINTS, "web").path("subsets")) {
      count += subset.path(kind).size();
    }
    return count;
  }

  private long ready() {
    return endpoints("ready");
  }

  private long terminating() {
    return endpoints("terminating");
  }

  private long endpoints(String condition) {
    long count = 0;
    for (ApiObject slice : cluster.list(Kinds.ENDPOINT_SLICES)) {
      for (JsonNode endpoint : slice.tree().path("endpoints")) {
        count += endpoint.path("conditions").path(condition).asBoolean(false) ? 1 : 0;
      }
    }
    return count;
  }

  private long endpointWrites() {
    return cluster.api.writes().stream()
        .filter(
            w -> w.resource().equals(Kinds.ENDPOINTS) || w.resource().equals(Kinds.ENDPOINT_SLICES))
        .count();
  }

  private static ObjectKey nodeKey(String name) {
    return new ObjectKey(Kinds.NODES, "root", "", name);
  }

  private JsonNode node(String name) {
    return cluster.client.get(nodeKey(name)).orThrow().tree();
  }

  private String podCidr(String name) {
    return node(name).at("/spec/podCIDR").asString("");
  }

  private String nodeReady() {
    return node("node-1").at("/status/conditions/0/status").asString("");
  }

  private void ready(String name) {
    ObjectNode patch =
        (ObjectNode)
            Json.mapper()
                .readTree(
                    "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\","
                        + "\"lastHeartbeatTime\":\"2026-01-01T01:00:00Z\"}]}}");
    cluster.client.patch(nodeKey(name), "status", Patch.merge(patch)).orThrow();
  }

  private List<String> taints(String name) {
    java.util.ArrayList<String> taints = new java.util.ArrayList<>();
    node(name)
        .at("/spec/taints")
        .forEach(t -> taints.add(t.path("key").asString("") + ":" + t.path("effect").asString("")));
    return taints;
  }

  private List<String> uids() {
    return cluster.list(Kinds.PODS).stream().map(p -> p.meta().uid()).toList();
  }

  private long readyPods() {
    return cluster.list(Kinds.PODS).stream()
        .filter(p -> p.tree().toString().contains("\"type\":\"Ready\",\"status\":\"True\""))
        .count();
  }

  @Test
  void pods_that_are_deleted_on_a_node_out_of_service_go_at_once() {
    cluster.kubelet.setEndsPods(false);
    cluster.create(Kinds.DEPLOYMENTS, TestCluster.deployment("web", 1, "v1"));
    cluster.await("a pod", () -> cluster.list(Kinds.PODS).size() == 1);
    ObjectKey pod = cluster.list(Kinds.PODS).getFirst().key();
    cluster.await(
        "it runs",
        () ->
            cluster.get(Kinds.PODS, pod.name()).at("/status/phase").asString("").equals("Running"));
    cluster.patch(Kinds.DEPLOYMENTS, "web", "{\"spec\":{\"replicas\":0}}");
    cluster.await(
        "its deletion",
        () -> cluster.get(Kinds.PODS, pod.name()).path("metadata").has("deletionTimestamp"));
    cluster.patchRoot(
        Kinds.NODES,
        "node-1",
        """
        {"spec":{"taints":[{"key":"node.kubernetes.io/out-of-service","value":"nodeshutdown",
          "effect":"NoExecute"}]}}
        """);
    cluster.api.awaitRest();
    assertThat(cluster.client.get(pod).orAbsent()).isPresent();
    ObjectNode down =
        (ObjectNode)
            Json.mapper()
                .readTree(
                    "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}");
    cluster
        .client
        .patch(new ObjectKey(Kinds.NODES, "root", "", "node-1"), "status", Patch.merge(down))
        .orThrow();
    cluster.await("it is gone", () -> cluster.client.get(pod).orAbsent().isEmpty());
  }
}

package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the page "Topology Aware Routing" says of the mode Auto; and since when endpoints are so.
 */
class ZoneHintScenarioTest {

  private static final String TIME = "endpoints.kubernetes.io/last-change-trigger-time";
  private static final String ON =
      "{\"metadata\":{\"annotations\":{\"service.kubernetes.io/topology-mode\":\"Auto\"}}}";
  private static final String OFF =
      "{\"metadata\":{\"annotations\":{\"service.kubernetes.io/topology-mode\":null}}}";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @BeforeEach
  void nodes() {
    cluster.kubelet.setHealthy(pod -> false); // pods say themselves when they became ready
    node("node-1", "a", "4");
    cluster.addLivingNode("node-2");
    node("node-2", "b", "2");
  }

  @Test
  void endpoints_are_shared_by_the_zones_processors() {
    for (int i = 0; i < 6; i++) {
      pod("web-" + i, "node-1", i);
    }
    cluster.create(Kinds.SERVICES, service());
    cluster.await("all", () -> ready() == 6);
    assertThat(hints()).containsExactly("", "", "", "", "", "");
    cluster.patch(Kinds.SERVICES, "web", ON);
    cluster.await("two are for the other", () -> hints().equals(of("a", "a", "a", "a", "b", "b")));
    cluster.await("told", () -> told("Normal", "TopologyAwareHintsEnabled", "addressType: IPv4"));
    node("node-2", "b", "8");
    cluster.await("four are", () -> hints().equals(of("a", "a", "b", "b", "b", "b")));
    cluster.patch(Kinds.SERVICES, "web", OFF);
    cluster.await("none", () -> hints().equals(of("", "", "", "", "", "")));
    cluster.await(
        "told",
        () ->
            told(
                "Warning",
                "TopologyAwareHintsDisabled",
                "Topology Aware Hints has been disabled, addressType: IPv4"));
  }

  @Test
  void too_few_endpoints_or_nodes_that_say_too_little_end_it() {
    for (int i = 0; i < 3; i++) {
      pod("web-" + i, i < 2 ? "node-1" : "node-2", i);
    }
    cluster.create(Kinds.SERVICES, service());
    cluster.patch(Kinds.SERVICES, "web", ON);
    cluster.await("hints", () -> hints().equals(of("a", "a", "b")));
    cluster.addLivingNode("node-3");
    cluster.await("none", () -> hints().equals(of("", "", "")));
    cluster.await("told", () -> told("Warning", "TopologyAwareHintsDisabled", "Insufficient Node"));
    cluster.client.delete(nodeKey("node-3"), DeleteOptions.DEFAULT).orThrow();
    cluster.crash();
    cluster.elapse(Duration.ofSeconds(5)); // names of events are made of the time
    cluster.await("hints again", () -> hints().equals(of("a", "a", "b")));
    for (String pod : List.of("web-0", "web-1")) {
      String uid = cluster.client.get(TestCluster.key(Kinds.PODS, pod)).orThrow().meta().uid();
      cluster.client.delete(TestCluster.key(Kinds.PODS, pod), DeleteOptions.now(uid)).orThrow();
    }
    cluster.await("too few", () -> hints().equals(of("")));
    cluster.await(
        "told",
        () ->
            told(
                "Warning",
                "TopologyAwareHintsDisabled",
                "Insufficient number of endpoints (1 endpoints, 2 zones), addressType: IPv4"),
        () -> cluster.list(Kinds.EVENTS).stream().map(e -> e.tree().path("message")).toList());
  }

  @Test
  void writes_say_since_when_it_is_so() {
    ApiObject made = cluster.create(Kinds.SERVICES, service());
    String created = String.valueOf(made.meta().creationTimestamp());
    cluster.await("both", () -> times().equals(of(created, created)), this::times);
    pod("web-0", "node-1", 0);
    pod("web-1", "node-1", 1);
    cluster.await("two", () -> ready() == 2);
    cluster.await(
        "the last that became ready",
        () -> times().stream().allMatch(time -> time.startsWith("2025-12-31T23:5")),
        this::times);
    cluster.patch(Kinds.SERVICES, "web", "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
    cluster.await("nothing of endpoints changed", () -> times().equals(of("", "")), this::times);
  }

  private static List<String> of(String... all) {
    return List.of(all);
  }

  /** Of the slice and of the Endpoints. */
  private List<String> times() {
    List<String> times = new ArrayList<>();
    for (var kind : List.of(Kinds.ENDPOINT_SLICES, Kinds.ENDPOINTS)) {
      cluster
          .list(kind)
          .forEach(object -> times.add(object.meta().annotations().getOrDefault(TIME, "")));
    }
    return times;
  }

  private boolean told(String type, String reason, String message) {
    return cluster.list(Kinds.EVENTS).stream()
        .map(ApiObject::tree)
        .anyMatch(event ->
            event.path("type").asString("").equals(type)
                && event.path("reason").asString("").equals(reason)
                && event.path("message").asString("").contains(message));
  }

  private long ready() {
    return endpoints().stream().filter(e -> e.at("/conditions/ready").asBoolean(false)).count();
  }

  /** Sorted. */
  private List<String> hints() {
    return endpoints().stream()
        .map(endpoint -> endpoint.at("/hints/forZones/0/name").asString(""))
        .sorted()
        .toList();
  }

  private List<JsonNode> endpoints() {
    List<JsonNode> all = new ArrayList<>();
    cluster
        .list(Kinds.ENDPOINT_SLICES)
        .forEach(slice -> slice.tree().path("endpoints").forEach(all::add));
    return all;
  }

  private static ObjectKey nodeKey(String name) {
    return new ObjectKey(Kinds.NODES, "root", "", name);
  }

  private void node(String name, String zone, String cpu) {
    cluster.patchRoot(
        Kinds.NODES,
        name,
        "{\"metadata\":{\"labels\":{\"topology.kubernetes.io/zone\":\"" + zone + "\"}}}");
    ObjectNode change = Json.object();
    change.withObject("/status/allocatable").put("cpu", cpu);
    cluster.client.patch(nodeKey(name), "status", Patch.merge(change)).orThrow();
  }

  private static ObjectNode service() {
    ObjectNode service = TestCluster.object("v1", "Service", "web");
    ObjectNode spec = service.putObject("spec").put("clusterIP", "10.96.0.9");
    spec.putObject("selector").put("app", "web");
    spec.putArray("ports").addObject().put("port", 80).put("targetPort", 8080);
    return service;
  }

  /** One that is ready, by itself; its number says since when and where. */
  private void pod(String name, String node, int number) {
    ObjectNode pod = TestCluster.object("v1", "Pod", name);
    pod.withObject("/metadata/labels").put("app", "web");
    ObjectNode spec = pod.putObject("spec").put("nodeName", node);
    spec.putArray("containers").addObject().put("name", "c");
    cluster.create(Kinds.PODS, pod);
    ObjectNode change = Json.object();
    ObjectNode status = change.putObject("status").put("phase", "Running");
    status.put("podIP", "10.1.0." + (1 + number));
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("lastTransitionTime", "2025-12-31T23:50:0" + number + "Z");
    cluster
        .client
        .patch(TestCluster.key(Kinds.PODS, name), "status", Patch.merge(change))
        .orThrow();
  }
}

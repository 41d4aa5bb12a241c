package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where endpoints are, for whom they are, and what is said if there are too many. */
class EndpointScenarioTest {

  private static final String OVER = "endpoints.kubernetes.io/over-capacity";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void endpoints_say_their_zone_and_hint_as_the_service_prefers() {
    pod("web-0", 1);
    cluster.create(Kinds.SERVICES, service());
    cluster.await(
        "the endpoint", () -> endpoint().path("conditions").path("ready").asBoolean(false));
    assertThat(endpoint().has("zone")).isFalse();
    cluster.patchRoot(
        Kinds.NODES,
        "node-1",
        "{\"metadata\":{\"labels\":{\"topology.kubernetes.io/zone\":\"a\"}}}");
    cluster.await("the zone", () -> endpoint().path("zone").asString("").equals("a"));
    assertThat(endpoint().has("hints")).isFalse();
    for (String distribution : List.of("PreferClose", "PreferSameZone")) {
      prefer("\"" + distribution + "\"");
      cluster.await("hints", () -> hints().equals("{'forZones':[{'name':'a'}]}"), this::hints);
      prefer("null");
      cluster.await("none", () -> hints().isEmpty(), this::hints);
    }
    prefer("\"PreferSameNode\"");
    cluster.await(
        "hints",
        () -> hints().equals("{'forZones':[{'name':'a'}],'forNodes':[{'name':'node-1'}]}"),
        this::hints);
  }

  @Test
  void more_than_a_thousand_addresses_are_cut_and_that_is_said() {
    for (int i = 0; i < 1001; i++) {
      pod("web-" + i, i);
    }
    cluster.create(Kinds.SERVICES, service());
    cluster.await("the mark", () -> mark().equals("truncated"), this::mark);
    assertThat(cluster.get(Kinds.ENDPOINTS, "web").at("/subsets/0/addresses")).hasSize(1000);
    cluster
        .client
        .delete(
            TestCluster.key(Kinds.PODS, "web-7"),
            DeleteOptions.now(
                cluster.client.get(TestCluster.key(Kinds.PODS, "web-7")).orThrow().meta().uid()))
        .orThrow();
    cluster.await("no mark", () -> mark().isEmpty(), this::mark);
    assertThat(cluster.get(Kinds.ENDPOINTS, "web").at("/subsets/0/addresses")).hasSize(1000);
  }

  private String mark() {
    return cluster
        .get(Kinds.ENDPOINTS, "web")
        .path("metadata")
        .path("annotations")
        .path(OVER)
        .asString("");
  }

  private JsonNode endpoint() {
    return cluster.list(Kinds.ENDPOINT_SLICES).stream()
        .<JsonNode>map(slice -> slice.tree().at("/endpoints/0"))
        .findFirst()
        .orElse(Json.object());
  }

  private String hints() {
    JsonNode hints = endpoint().path("hints");
    return hints.isMissingNode() ? "" : hints.toString().replace('"', '\'');
  }

  private void prefer(String distribution) {
    cluster.patch(
        Kinds.SERVICES, "web", "{\"spec\":{\"trafficDistribution\":" + distribution + "}}");
  }

  private static ObjectNode service() {
    ObjectNode service = TestCluster.object("v1", "Service", "web");
    ObjectNode spec = service.putObject("spec").put("clusterIP", "10.96.0.9");
    spec.putObject("selector").put("app", "web");
    spec.putArray("ports").addObject().put("port", 80).put("targetPort", 8080);
    return service;
  }

  /** One that is ready, by itself. */
  private void pod(String name, int number) {
    ObjectNode pod = TestCluster.object("v1", "Pod", name);
    pod.withObject("/metadata/labels").put("app", "web");
    ObjectNode spec = pod.putObject("spec").put("nodeName", "node-1");
    spec.putArray("containers").addObject().put("name", "c");
    cluster.create(Kinds.PODS, pod);
    ObjectNode change = Json.object();
    String ip = "10.1." + number / 250 + "." + (1 + number % 250);
    ObjectNode status = change.putObject("status").put("phase", "Running").put("podIP", ip);
    status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
    cluster
        .client
        .patch(TestCluster.key(Kinds.PODS, name), "status", Patch.merge(change))
        .orThrow();
  }
}

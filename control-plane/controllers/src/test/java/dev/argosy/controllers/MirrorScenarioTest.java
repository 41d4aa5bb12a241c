package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.OwnerReference;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "EndpointSlices" promises of mirroring. */
class MirrorScenarioTest {

  private static final String ONE =
      """
      {"addresses":[{"ip":"10.0.0.1","hostname":"one"},{"ip":"fd00::1"}],
       "notReadyAddresses":[{"ip":"10.0.0.2"}],
       "ports":[{"name":"http","port":80,"protocol":"TCP"}]}
      """;

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void endpoints_of_a_service_without_a_selector_are_mirrored_by_family() {
    service();
    endpoints(ONE, "{\"app\":\"db\"}", "{\"note\":\"n\"}");
    cluster.await("two", () -> slices().size() == 2);
    ApiObject four = slice("IPv4");
    assertThat(four.meta().labels())
        .containsEntry("app", "db")
        .containsEntry("kubernetes.io/service-name", "db")
        .containsEntry(
            "endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io");
    assertThat(four.meta().annotations()).containsOnlyKeys("note");
    assertThat(four.name()).startsWith("db-");
    assertThat(four.meta().controller().map(OwnerReference::kind)).contains("Endpoints");
    JsonNode endpoints = four.tree().path("endpoints");
    assertThat(endpoints.at("/0/addresses/0").asString("")).isEqualTo("10.0.0.1");
    assertThat(endpoints.at("/0/hostname").asString("")).isEqualTo("one");
    assertThat(endpoints.at("/0/conditions/ready").asBoolean()).isTrue();
    assertThat(endpoints.at("/1/conditions/ready").asBoolean()).isFalse();
    assertThat(four.tree().at("/ports/0/name").asString("")).isEqualTo("http");
    assertThat(slice("IPv6").tree().at("/endpoints/0/addresses/0").asString(""))
        .isEqualTo("fd00::1");
  }

  @Test
  void changes_keep_the_slice_and_deletion_ends_it() {
    service();
    endpoints("{\"addresses\":[{\"ip\":\"10.0.0.1\"}],\"ports\":[{\"port\":80}]}", "{}", "{}");
    cluster.await("one", () -> slices().size() == 1);
    String name = slices().getFirst().name();
    cluster.crash();
    cluster.patch(
        Kinds.ENDPOINTS,
        "db",
        "{\"subsets\":[{\"addresses\":[{\"ip\":\"10.0.0.9\"}],\"ports\":[{\"port\":80}]}]}");
    cluster.await("the change", () -> addresses().equals(List.of("10.0.0.9")));
    assertThat(slices()).extracting(ApiObject::name).containsExactly(name);
    cluster.client.delete(TestCluster.key(Kinds.ENDPOINTS, "db"), DeleteOptions.DEFAULT).orThrow();
    cluster.await("none", () -> slices().isEmpty());
  }

  @Test
  void a_selector_or_the_wish_not_to_be_mirrored_ends_it() {
    service();
    endpoints(ONE, "{}", "{}");
    cluster.await("two", () -> slices().size() == 2);
    String skip = "{\"metadata\":{\"labels\":{\"endpointslice.kubernetes.io/skip-mirror\":%s}}}";
    cluster.patch(Kinds.ENDPOINTS, "db", skip.formatted("\"true\""));
    cluster.await("none", () -> slices().isEmpty());
    cluster.patch(Kinds.ENDPOINTS, "db", skip.formatted("null"));
    cluster.await("two again", () -> slices().size() == 2);
    cluster.patch(Kinds.SERVICES, "db", "{\"spec\":{\"selector\":{\"app\":\"db\"}}}");
    cluster.await("none for good", () -> slices().isEmpty());
  }

  @Test
  void without_a_service_and_for_a_leaders_lock_there_is_none() {
    endpoints(ONE, "{}", "{\"control-plane.alpha.kubernetes.io/leader\":\"{}\"}");
    service();
    ObjectNode lonely = TestCluster.object("v1", "Endpoints", "lonely");
    lonely.putArray("subsets").add(Json.mapper().readTree(ONE));
    cluster.create(Kinds.ENDPOINTS, lonely);
    cluster.elapse(Duration.ofSeconds(5));
    assertThat(slices()).isEmpty();
  }

  private void service() {
    ObjectNode service = TestCluster.object("v1", "Service", "db");
    service.putObject("spec").putArray("ports").addObject().put("port", 80);
    cluster.create(Kinds.SERVICES, service);
  }

  private void endpoints(String subset, String labels, String annotations) {
    ObjectNode endpoints = TestCluster.object("v1", "Endpoints", "db");
    ObjectNode meta = endpoints.withObject("/metadata");
    meta.set("labels", Json.mapper().readTree(labels));
    meta.set("annotations", Json.mapper().readTree(annotations));
    endpoints.putArray("subsets").add(Json.mapper().readTree(subset));
    cluster.create(Kinds.ENDPOINTS, endpoints);
  }

  private List<ApiObject> slices() {
    return cluster.list(Kinds.ENDPOINT_SLICES).stream()
        .filter(s ->
            s.meta()
                .labels()
                .getOrDefault("endpointslice.kubernetes.io/managed-by", "")
                .startsWith("endpointslicemirroring"))
        .toList();
  }

  private ApiObject slice(String family) {
    return slices().stream()
        .filter(s -> s.tree().path("addressType").asString("").equals(family))
        .findFirst()
        .orElseThrow();
  }

  private List<String> addresses() {
    return slices().stream()
        .flatMap(s -> s.tree().path("endpoints").valueStream())
        .map(e -> e.at("/addresses/0").asString(""))
        .toList();
  }
}

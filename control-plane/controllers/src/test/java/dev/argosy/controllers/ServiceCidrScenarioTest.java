package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the Kubernetes page "Extend Service IP Ranges" promises of ServiceCIDRs. */
class ServiceCidrScenarioTest {

  private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void a_new_range_is_held_and_ready() {
    range("more", "203.0.113.0/24");
    cluster.await("ready", () -> ready("more").path("status").asString("").equals("True"));
    assertThat(ready("more").path("message").asString(""))
        .isEqualTo("Kubernetes Service CIDR is ready");
    assertThat(ready("more").has("reason")).isTrue();
    assertThat(finalizers("more")).containsExactly(FINALIZER);
  }

  @Test
  void an_unused_range_goes_when_it_is_deleted() {
    service("away", "203.0.113.9");
    range("more", "198.51.100.0/24");
    cluster.await("held", () -> finalizers("more").contains(FINALIZER));
    delete("more");
    cluster.await("gone", () -> tree("more").isEmpty());
  }

  @Test
  void a_range_in_use_stays_until_its_last_address_is_free() {
    range("more", "203.0.113.0/24");
    service("a", "203.0.113.9");
    service("b", "203.0.113.10");
    cluster.await("held", () -> finalizers("more").contains(FINALIZER));
    delete("more");
    cluster.await("terminating", () -> reason("more").equals("Terminating"));
    assertThat(ready("more").path("status").asString("")).isEqualTo("False");
    assertThat(ready("more").path("message").asString("")).contains("still IPAddresses");
    cluster.client.delete(TestCluster.key(Kinds.SERVICES, "a"), DeleteOptions.DEFAULT).orThrow();
    cluster.crash();
    cluster.elapse(java.time.Duration.ofSeconds(20));
    assertThat(finalizers("more")).as("one is left").containsExactly(FINALIZER);
    cluster.patch(
        Kinds.SERVICES, "b", "{\"spec\":{\"type\":\"ExternalName\",\"clusterIPs\":null}}");
    cluster.await("gone", () -> tree("more").isEmpty());
  }

  @Test
  void another_range_with_its_addresses_lets_it_go() {
    range("more", "203.0.113.0/25");
    service("a", "203.0.113.9");
    cluster.await("held", () -> finalizers("more").contains(FINALIZER));
    delete("more");
    cluster.await("terminating", () -> reason("more").equals("Terminating"));
    range("wide", "203.0.113.0/24");
    cluster.await("gone", () -> tree("more").isEmpty());
    cluster.await("ready", () -> ready("wide").path("status").asString("").equals("True"));
  }

  @Test
  void two_that_go_do_not_leave_an_address_to_each_other() {
    range("one", "203.0.113.0/24");
    range("two", "203.0.113.0/24");
    cluster.await(
        "held",
        () -> finalizers("one").contains(FINALIZER) && finalizers("two").contains(FINALIZER));
    cluster.stop();
    service("a", "203.0.113.9");
    delete("one");
    delete("two");
    cluster.crash();
    cluster.await(
        "both stay",
        () -> reason("one").equals("Terminating") && reason("two").equals("Terminating"));
    cluster.client.delete(TestCluster.key(Kinds.SERVICES, "a"), DeleteOptions.DEFAULT).orThrow();
    cluster.await("gone", () -> tree("one").isEmpty() && tree("two").isEmpty());
  }

  private void range(String name, String cidr) {
    ObjectNode range = TestCluster.object("networking.k8s.io/v1", "ServiceCIDR", name);
    range.putObject("spec").putArray("cidrs").add(cidr);
    cluster
        .client
        .create(ResourceScope.cluster(Kinds.SERVICE_CIDRS, TestCluster.TENANT), range)
        .orThrow();
  }

  private void service(String name, String address) {
    ObjectNode service = TestCluster.object("v1", "Service", name);
    service.putObject("spec").putArray("clusterIPs").add(address);
    cluster.create(Kinds.SERVICES, service);
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Kinds.SERVICE_CIDRS, TestCluster.TENANT, "", name);
  }

  private void delete(String name) {
    cluster.client.delete(key(name), DeleteOptions.DEFAULT).orThrow();
  }

  private JsonNode tree(String name) {
    return cluster
        .client
        .get(key(name))
        .orAbsent()
        .<JsonNode>map(ApiObject::tree)
        .orElse(Json.object());
  }

  private JsonNode ready(String name) {
    return tree(name).at("/status/conditions/0");
  }

  private String reason(String name) {
    return ready(name).path("reason").asString("");
  }

  private List<String> finalizers(String name) {
    return cluster
        .client
        .get(key(name))
        .orAbsent()
        .map(range -> range.meta().finalizers())
        .orElse(List.of());
  }
}

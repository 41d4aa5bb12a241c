package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How long requests for certificates are kept, as the Kubernetes page says. */
class CertificateScenarioTest {

  private static final ResourceScope ALL =
      ResourceScope.cluster(Kinds.CERTIFICATE_REQUESTS, TestCluster.TENANT);

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void decided_requests_go_after_an_hour_and_undecided_ones_after_a_day() {
    cluster.stopHeartbeats();
    for (String type : List.of("Approved", "Denied", "Failed")) {
      request(type.toLowerCase(java.util.Locale.ROOT), type);
    }
    request("pending", "");
    cluster.await("all", () -> names().size() == 4);
    cluster.timers.advance(Duration.ofMinutes(59));
    cluster.api.awaitRest();
    assertThat(names()).hasSize(4);
    cluster.timers.advance(Duration.ofMinutes(2));
    cluster.await("one", () -> names().equals(List.of("pending")));
    cluster.timers.advance(Duration.ofHours(22));
    cluster.api.awaitRest();
    assertThat(names()).containsExactly("pending");
    cluster.crash();
    cluster.timers.advance(Duration.ofHours(1));
    cluster.await("none", () -> names().isEmpty());
  }

  @Test
  void requests_for_pods_go_after_a_quarter_of_an_hour() {
    cluster.stopHeartbeats();
    ResourceScope requests =
        ResourceScope.namespace(Kinds.POD_CERTIFICATE_REQUESTS, TestCluster.TENANT, "default");
    cluster
        .client
        .create(
            requests,
            TestCluster.object("certificates.k8s.io/v1beta1", "PodCertificateRequest", "req-1"))
        .orThrow();
    cluster.timers.advance(Duration.ofMinutes(14));
    cluster.api.awaitRest();
    assertThat(cluster.client.list(requests, ListOptions.EVERYTHING).orThrow().items()).hasSize(1);
    cluster.timers.advance(Duration.ofMinutes(2));
    cluster.await(
        "none",
        () -> cluster.client.list(requests, ListOptions.EVERYTHING).orThrow().items().isEmpty());
  }

  private void request(String name, String condition) {
    ObjectNode request =
        TestCluster.object("certificates.k8s.io/v1", "CertificateSigningRequest", name);
    request.putObject("spec").put("signerName", "example.com/own");
    cluster.client.create(ALL, request).orThrow();
    if (!condition.isEmpty()) {
      ObjectNode status = Json.object();
      status
          .putObject("status")
          .putArray("conditions")
          .addObject()
          .put("type", condition)
          .put("status", "True")
          .put("lastUpdateTime", "2026-01-01T00:00:00Z");
      ObjectKey key = new ObjectKey(Kinds.CERTIFICATE_REQUESTS, TestCluster.TENANT, "", name);
      cluster.client.updateStatus(key, status).orThrow();
    }
  }

  private List<String> names() {
    return cluster.client.list(ALL, ListOptions.EVERYTHING).orThrow().items().stream()
        .map(ApiObject::name)
        .toList();
  }
}

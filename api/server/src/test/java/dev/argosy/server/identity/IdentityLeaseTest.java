package dev.argosy.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdentityLeaseTest {

  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

  private static IdentityLease lease(TestServer server, String host, Clock clock) {
    return new IdentityLease(
        server.admin(), new IdentityLease.Server(host, 6443, "start-1"), clock);
  }

  @Test
  void eachServerHasItsOwnAndThoseThatEndedGo() {
    try (TestServer server = TestServer.start()) {
      TestClient client = server.client();
      Clock now = Clock.systemUTC();
      IdentityLease one = lease(server, "one", now);
      one.beat();
      one.beat();
      lease(server, "two", now).beat();
      client.post(LEASES, "{\"metadata\":{\"name\":\"of-a-loop\"},\"spec\":{}}");

      var all = client.get(LEASES + "?labelSelector=apiserver.kubernetes.io/identity");
      assertThat(all.json().path("items").size()).isEqualTo(2);
      assertThat(all.at("items.0.metadata.name")).matches("apiserver-[0-9a-f]{26}");
      assertThat(all.at("items.0.metadata.labels.apiserver.kubernetes.io/identity"))
          .isIn("", "kube-apiserver");
      assertThat(all.at("items.0.spec.leaseDurationSeconds")).isEqualTo("3600");
      assertThat(all.at("items.0.spec.holderIdentity")).endsWith("_start-1");

      lease(server, "three", Clock.offset(now, Duration.ofHours(2))).beat();
      var left = client.get(LEASES).json().path("items");
      assertThat(left.findValuesAsString("kubernetes.io/hostname")).containsExactly("three");
      assertThat(left.size()).isEqualTo(2);
    }
  }
}

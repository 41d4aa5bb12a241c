package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same API on a real etcd: what was acknowledged is there, and read back at once. */
class EtcdBackedTest {

  private static final String NS = "/clusters/acme/api/v1/namespaces/default";

  @Test
  void readsSeeWrites() {
    try (EtcdServer etcd = EtcdServer.start();
        TestServer server = TestServer.on(new EtcdStore(etcd.config()), Map.of(), parts -> {})) {
      TestClient client = server.client();
      for (int i = 0; i < 20; i++) {
        String name = "m" + i;
        var made = client.post(NS + "/configmaps", "{\"metadata\":{\"name\":\"" + name + "\"}}");
        assertThat(made.code()).as(made.text()).isEqualTo(201);
        assertThat(client.get(NS + "/configmaps/" + name).text()).isEqualTo(made.text());
      }
      assertThat(client.get(NS + "/configmaps").json().path("items").size()).isEqualTo(20);
      var service =
          client.post(
              NS + "/services",
              "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
      assertThat(service.at("spec.clusterIP")).startsWith("10.");
      assertThat(client.delete(NS + "/services/s", "").code()).isEqualTo(200);
      assertThat(client.get("/readyz?verbose").text()).contains("[+]etcd ok");
    }
  }
}

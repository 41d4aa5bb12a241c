package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The whole way of an object: created, read, listed, watched, changed, deleted. */
class ApiSliceTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  @Test
  void anObjectLives() {
    var created = client.post(MAPS, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}");
    assertThat(created.code()).as(created.text()).isEqualTo(201);
    assertThat(created.at("kind")).isEqualTo("ConfigMap");
    assertThat(created.at("metadata.uid")).isNotEmpty();
    assertThat(created.at("metadata.resourceVersion")).isNotEmpty();

    assertThat(client.get(MAPS + "/a").json()).isEqualTo(created.json());

    var list = client.get(MAPS);
    assertThat(list.at("kind")).isEqualTo("ConfigMapList");
    assertThat(list.at("items.0.metadata.name")).isEqualTo("a");
    assertThat(list.at("items.0.kind")).isEmpty();

    try (TestStream watch =
        client.stream(MAPS + "?watch=1&resourceVersion=" + list.at("metadata.resourceVersion"))) {
      assertThat(watch.code()).isEqualTo(200);
      assertThat(client.delete(MAPS + "/a", "").at("status")).isEqualTo("Success");
      assertThat(watch.nextShort()).isEqualTo("DELETED a");
    }
    var gone = client.get(MAPS + "/a");
    assertThat(gone.code()).isEqualTo(404);
    assertThat(gone.at("message")).isEqualTo("configmaps \"a\" not found");
  }

  /** Typed clients read the answer as what OpenAPI says of each kind. */
  @Test
  void aDeletionIsAnsweredWithTheLastStateOfSomeKinds() {
    String quotas = "/clusters/acme/api/v1/namespaces/default/resourcequotas";
    client.post(quotas, "{\"metadata\":{\"name\":\"a\"},\"spec\":{}}");
    var deleted = client.delete(quotas + "/a", "");
    assertThat(deleted.at("kind")).isEqualTo("ResourceQuota");
    assertThat(deleted.at("metadata.name")).isEqualTo("a");
    assertThat(client.get(quotas + "/a").code()).isEqualTo(404);
  }

  @Test
  void discoveryTellsWhatIsServed() {
    assertThat(client.get("/clusters/acme/api/v1").at("kind")).isEqualTo("APIResourceList");
    var aggregated =
        client.get(
            "/clusters/acme/apis",
            "Accept",
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json");
    assertThat(aggregated.header("Content-Type")).contains("as=APIGroupDiscoveryList");
    assertThat(aggregated.at("kind")).isEqualTo("APIGroupDiscoveryList");
    assertThat(client.get("/version").at("minor")).isEqualTo("35");
    assertThat(client.get("/readyz").text()).isEqualTo("ok");
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import dev.argosy.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rules of lists that clients depend on. */
class ListTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server = TestServer.start(Map.of("argosy.api.bookmark-interval", "PT0.2S"), parts -> {});
    client = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestClient.Answer make(String name, String labels) {
    return client.post(
        MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{" + labels + "}}}");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(i -> names.add(i.path("metadata").path("name").asString("")));
    return names;
  }

  @Test
  void pages() {
    for (int i = 0; i < 5; i++) {
      make("m" + i, "");
    }
    var first = client.get(MAPS + "?limit=2");
    assertThat(names(first.json())).containsExactly("m0", "m1");
    assertThat(first.at("metadata.remainingItemCount")).isEqualTo("3");
    make("m1a", "");
    var second = client.get(MAPS + "?limit=2&continue=" + first.at("metadata.continue"));
    assertThat(names(second.json())).containsExactly("m2", "m3");
    assertThat(second.at("metadata.resourceVersion"))
        .isEqualTo(first.at("metadata.resourceVersion"));
    var third = client.get(MAPS + "?limit=2&continue=" + second.at("metadata.continue"));
    assertThat(names(third.json())).containsExactly("m4");
    assertThat(third.at("metadata.continue")).isEmpty();
    var other =
        client.get(
            "/clusters/acme/api/v1/namespaces/kube-system/configmaps?limit=2&continue="
                + first.at("metadata.continue"));
    assertThat(other.code()).isEqualTo(400);
  }

  @Test
  void revisions() {
    String before = make("a", "").at("metadata.resourceVersion");
    make("b", "");
    assertThat(
            names(
                client.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + before).json()))
        .containsExactly("a");
    assertThat(names(client.get(MAPS + "?limit=5&resourceVersion=" + before).json()))
        .containsExactly("a");
    assertThat(names(client.get(MAPS + "?resourceVersion=" + before).json()))
        .containsExactly("a", "b");
    assertThat(names(client.get(MAPS + "?resourceVersion=0").json())).containsExactly("a", "b");
    ((MemoryStore) server.store).compact(server.store.currentRevision());
    assertThat(client.get(MAPS + "?resourceVersionMatch=Exact&resourceVersion=1").code())
        .isEqualTo(410);
  }

  @Test
  void selectors() {
    make("a", "\"x\":\"1\"");
    make("b", "\"x\":\"2\"");
    assertThat(names(client.get(MAPS + "?labelSelector=x%3D1").json())).containsExactly("a");
    assertThat(names(client.get(MAPS + "?labelSelector=x%20in%20(1,2),!y").json()))
        .containsExactly("a", "b");
    assertThat(names(client.get(MAPS + "?fieldSelector=metadata.name%3Db").json()))
        .containsExactly("b");
    assertThat(
            names(
                client
                    .get(
                        "/clusters/acme/api/v1/configmaps?fieldSelector=metadata.namespace!%3Ddefault")
                    .json()))
        .isEmpty();
    assertThat(client.get(MAPS + "?labelSelector=x%3D9").json().path("items").isArray()).isTrue();
  }

  @Test
  void tables() {
    make("a", "");
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    var answer = client.get(MAPS, "Accept", table);
    assertThat(answer.at("kind")).isEqualTo("Table");
    assertThat(answer.at("columnDefinitions.0.name")).isEqualTo("Name");
    assertThat(answer.at("rows.0.cells.0")).isEqualTo("a");
    assertThat(answer.json().path("rows").path(0).path("cells").path(1).isNumber()).isTrue();
    assertThat(answer.at("rows.0.object.kind")).isEqualTo("PartialObjectMetadata");
    assertThat(
            client
                .get(MAPS + "?includeObject=None", "Accept", table)
                .json()
                .path("rows")
                .path(0)
                .has("object"))
        .isFalse();
    var metadata =
        client.get(
            MAPS, "Accept", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
    assertThat(metadata.at("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(metadata.at("items.0.metadata.name")).isEqualTo("a");
    try (TestStream watch = client.stream(MAPS + "?watch=1", "Accept", table)) {
      JsonNode first = watch.next().orElseThrow();
      assertThat(first.path("object").path("columnDefinitions").size()).isPositive();
      make("b", "");
      JsonNode second = watch.next().orElseThrow();
      assertThat(second.path("object").path("columnDefinitions").size()).isZero();
      assertThat(second.path("object").path("rows").path(0).path("cells").path(0).asString(""))
          .isEqualTo("b");
    }
  }

  @Test
  void everythingIsReadable() {
    make("a", "");
    assertThat(client.get(MAPS + "/a", "User-Agent", "curl/8").text()).contains("\n  \"kind\"");
    assertThat(client.get(MAPS + "?pretty=true").text()).contains("\n");
    assertThat(client.get(MAPS + "/a", "Accept", "application/yaml").text())
        .contains("kind: ConfigMap\n");
    String big = "x".repeat(200_000);
    client.post(MAPS, "{\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\"" + big + "\"}}");
    var zipped = client.get(MAPS, "Accept-Encoding", "gzip");
    assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(zipped.response().body().length).isLessThan(50_000);
    assertThat(client.get(MAPS + "/a", "Accept-Encoding", "gzip").header("Content-Encoding"))
        .isEmpty();
    assertThat(client.get(MAPS).text()).contains(big);
  }

  @Test
  void overAllClusters() {
    make("a", "");
    client.post(MAPS.replace("acme", "root"), "{\"metadata\":{\"name\":\"r\"}}");
    var all = client.get("/clusters/*/api/v1/configmaps");
    assertThat(names(all.json())).containsExactly("a", "r");
    assertThat(all.at("items.0.metadata.clusterName")).isEqualTo("acme");
    assertThat(all.at("items.1.metadata.clusterName")).isEqualTo("root");
    try (TestStream watch = client.stream("/clusters/*/api/v1/configmaps?watch=1")) {
      assertThat(
              watch
                  .next()
                  .orElseThrow()
                  .path("object")
                  .path("metadata")
                  .path("clusterName")
                  .asString(""))
          .isEqualTo("acme");
    }
    assertThat(client.get("/clusters/*/api/v1/namespaces/default/configmaps/a").code())
        .isEqualTo(400);
    assertThat(client.get(MAPS + "/a").json().path("metadata").has("clusterName")).isFalse();
  }

  @Test
  void podsOfANode() {
    String pods = "/clusters/acme/api/v1/namespaces/default/pods";
    client.post(pods, PodRulesTest.pod("p1", "\"nodeName\":\"n1\","));
    client.post(pods, PodRulesTest.pod("p2", "\"nodeName\":\"n2\","));
    assertThat(names(client.get("/clusters/*/api/v1/pods?fieldSelector=spec.nodeName%3Dn1").json()))
        .containsExactly("p1");
    try (TestStream watch =
        client.stream("/clusters/*/api/v1/pods?watch=1&fieldSelector=spec.nodeName%3Dn2")) {
      assertThat(watch.nextShort()).isEqualTo("ADDED p2");
    }
  }
}

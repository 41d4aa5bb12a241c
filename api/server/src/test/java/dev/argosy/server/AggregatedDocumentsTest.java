package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.aggregate.ExtensionServer;
import dev.argosy.server.testing.TestClient.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What tenants' API servers serve, in the documents by which clients find it. */
@Timeout(90)
@SuppressWarnings("NullAway") // everything is set before the first test
class AggregatedDocumentsTest {

  private static final String V1 = "/apis/wardle.example/v1";
  private static final String ACME = "/clusters/acme";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private static final String RESOURCES =
      """
      {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"wardle.example/v1","resources":[
       {"name":"flunders","singularName":"flunder","namespaced":true,"kind":"Flunder",
        "verbs":["get","list"],"shortNames":["fl"]},
       {"name":"flunders/status","singularName":"","namespaced":true,"kind":"Flunder","verbs":["get"]}]}
      """;

  private static final String SPEC =
      """
      {"swagger":"2.0","paths":{
        "/apis/wardle.example/v1/flunders":{"get":{"operationId":"listFlunder","responses":{"200":
          {"description":"OK","schema":{"$ref":"#/definitions/com.wardle.Flunder"}}}}},
        "/apis/other.example/v1/things":{"get":{"operationId":"listThing"}},
        "/version/":{"get":{"operationId":"version"}}},
       "definitions":{
        "com.wardle.Flunder":{"type":"object","properties":{
          "metadata":{"$ref":"#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"},
          "pod":{"$ref":"#/definitions/io.k8s.api.core.v1.Pod"}},
          "x-kubernetes-group-version-kind":[{"group":"wardle.example","version":"v1","kind":"Flunder"}]},
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta":{"description":"theirs","type":"object"},
        "io.k8s.api.core.v1.Pod":{"description":"their own pod","type":"object"},
        "com.wardle.Unused":{"type":"object"}}}
      """;

  @TempDir Path folder;
  private AggregationRig rig;
  private ExtensionServer extension;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregationRig();
    extension = rig.extension(folder, "acme");
    extension.json(V1, got -> RESOURCES);
    extension.json("/openapi/v2", got -> SPEC);
    extension.json(
        "/openapi/v3",
        got ->
            "{\"paths\":{\"apis/wardle.example/v1\":{\"serverRelativeURL\":"
                + "\"/openapi/v3/apis/wardle.example/v1?hash=ABC1\"},\"version\":{}}}");
    extension.json("/openapi/v3" + V1, got -> "{\"openapi\":\"3.0.0\",\"of\":\"wardle\"}");
    rig.service("acme");
    rig.register("acme", "v1", extension.caBundle());
    rig.awaitCondition("acme", "v1", "True Passed");
  }

  @AfterEach
  void stop() {
    rig.close();
    extension.close();
  }

  private JsonNode version() {
    Answer answer = rig.client.get(ACME + "/apis", "Accept", AGGREGATED);
    for (JsonNode group : answer.json().path("items")) {
      if (group.path("metadata").path("name").asString("").equals("wardle.example")) {
        return group.path("versions").path(0);
      }
    }
    return answer.json().path("none");
  }

  @Test
  void discoveryHasTheirGroupsInBothForms() throws Exception {
    AggregationRig.await(
        () -> version().path("freshness").asString("").equals("Current"),
        () -> version().toString());
    JsonNode resource = version().path("resources").path(0);
    assertThat(resource.path("resource").asString("")).isEqualTo("flunders");
    assertThat(resource.path("scope").asString("")).isEqualTo("Namespaced");
    assertThat(resource.path("responseKind").path("kind").asString("")).isEqualTo("Flunder");
    assertThat(resource.path("shortNames").path(0).asString("")).isEqualTo("fl");
    assertThat(resource.path("subresources").path(0).path("subresource").asString(""))
        .isEqualTo("status");
    assertThat(rig.client.get(ACME + "/apis").text()).contains("\"wardle.example/v1\"");
    Answer group = rig.client.get(ACME + "/apis/wardle.example");
    assertThat(group.at("preferredVersion.groupVersion")).isEqualTo("wardle.example/v1");
    assertThat(rig.client.get(ACME + V1).at("resources.0.kind")).isEqualTo("Flunder");
    assertThat(rig.client.get("/clusters/globex/apis").text()).doesNotContain("wardle");
    assertThat(rig.client.get("/clusters/globex/apis/wardle.example").code()).isEqualTo(404);
  }

  @Test
  void aDocumentThatDidNotChangeIsNotReadAgain() throws Exception {
    String list =
        """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
         {"metadata":{"name":"wardle.example"},"versions":[{"version":"v1","resources":[
          {"resource":"fischers","scope":"Cluster","verbs":["get"]}]}]}]}
        """;
    extension.raw(
        "/apis",
        x -> {
          x.getResponseHeaders().set("ETag", "\"e1\"");
          if ("\"e1\"".equals(x.getRequestHeaders().getFirst("If-None-Match"))) {
            x.sendResponseHeaders(304, -1);
            x.close();
          } else {
            ExtensionServer.send(x, 200, AGGREGATED, list);
          }
        });
    touch();
    AggregationRig.await(
        () -> version().toString().contains("fischers"), () -> version().toString());
    assertThat(version().path("resources").path(0).has("responseKind")).isTrue();
    touch();
    AggregationRig.await(
        () ->
            extension.at("/apis").stream()
                .anyMatch(got -> got.header("If-None-Match").equals("\"e1\"")),
        () -> extension.requests.toString());
    assertThat(version().path("freshness").asString("")).isEqualTo("Current");
  }

  /** A change of the registration has the server asked at once. */
  private void touch() {
    String path = ACME + AggregationRig.REGISTRATIONS + "/v1.wardle.example";
    int priority = Integer.parseInt(rig.client.get(path).at("spec.versionPriority"));
    Answer changed =
        rig.client.patch(
            path,
            "application/merge-patch+json",
            "{\"spec\":{\"versionPriority\":" + (priority + 1) + "}}");
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
  }

  @Test
  void whatIsGoneIsStaleThenForgotten() throws Exception {
    AggregationRig.await(
        () -> version().path("freshness").asString("").equals("Current"),
        () -> version().toString());
    rig.ports.remove("acme/api");
    touch();
    rig.awaitCondition("acme", "v1", "False FailedDiscoveryCheck");
    assertThat(version().path("freshness").asString("")).isEqualTo("Stale");
    assertThat(version().path("resources")).isNotEmpty();
    rig.client.delete(ACME + AggregationRig.REGISTRATIONS + "/v1.wardle.example", "");
    AggregationRig.await(() -> version().isMissingNode(), () -> version().toString());
    assertThat(rig.client.get(ACME + V1).code()).isEqualTo(404);
  }

  @Test
  void openApiHasTheirKinds() throws Exception {
    AggregationRig.await(
        () -> rig.client.get(ACME + "/openapi/v3").text().contains("wardle"),
        () -> rig.client.get(ACME + "/openapi/v3").text());
    assertThat(
            rig.client
                .get(ACME + "/openapi/v3")
                .json()
                .path("paths")
                .path("apis/wardle.example/v1")
                .path("serverRelativeURL")
                .asString(""))
        .isEqualTo("/openapi/v3/apis/wardle.example/v1?hash=ABC1");
    assertThat(rig.client.get(ACME + "/openapi/v3" + V1 + "?hash=ABC1").at("of"))
        .isEqualTo("wardle");
    assertThat(rig.client.get(ACME + "/openapi/v3/api/v1").code()).isEqualTo(200);
    JsonNode v2 = rig.client.get(ACME + "/openapi/v2").json();
    assertThat(v2.path("paths").has(V1 + "/flunders")).isTrue();
    assertThat(v2.path("paths").has("/apis/other.example/v1/things")).isFalse();
    JsonNode flunder = v2.path("definitions").path("com.wardle.Flunder").path("properties");
    assertThat(flunder.path("pod").path("$ref").asString(""))
        .isEqualTo("#/definitions/io.k8s.api.core.v1.Pod_v2");
    assertThat(flunder.path("metadata").path("$ref").asString(""))
        .isEqualTo("#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    assertThat(v2.path("definitions").path("io.k8s.api.core.v1.Pod").path("properties").has("spec"))
        .isTrue();
    assertThat(v2.path("definitions").has("com.wardle.Unused")).isFalse();
    Answer gnostic =
        rig.client.get(
            ACME + "/openapi/v2",
            "Accept",
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
    assertThat(gnostic.text()).contains("com.wardle.Flunder");
    assertThat(rig.client.get("/clusters/globex/openapi/v2").text()).doesNotContain("wardle");
  }
}

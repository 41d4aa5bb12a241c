package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Headers, compression, tables, and the paths by which clients find out what is here. */
class AnswerHeadersTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList,application/json";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  @Test
  void everyAnswerHasThem() {
    for (String path : List.of(MAPS, MAPS + "/none", "/version", "/nowhere", "/healthz")) {
      var answer = client.get(path);
      assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-cache, private");
      assertThat(answer.header("Audit-Id")).as(path).isNotEmpty();
    }
    assertThat(client.get(MAPS, "Audit-ID", "given-1").header("Audit-Id")).isEqualTo("given-1");
    assertThat(client.get(MAPS, "Audit-ID", "no good").header("Audit-Id")).isNotEqualTo("no good");
  }

  @ParameterizedTest
  @CsvSource({
    "gzip,gzip",
    "'gzip;q=0',''",
    "'deflate, gzip;q=0.5',gzip",
    "*,gzip",
    "identity,''",
    "x-gzip,''"
  })
  void compresses(String accepted, String coding) {
    String big = "x".repeat(200_000);
    client.post(MAPS, "{\"metadata\":{\"name\":\"big\"},\"data\":{\"a\":\"" + big + "\"}}");
    var answer = client.get(MAPS + "/big", "Accept-Encoding", accepted);
    assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
    assertThat(answer.header("Vary")).isEqualTo(coding.isEmpty() ? "" : "Accept-Encoding");
  }

  @ParameterizedTest
  @CsvSource({
    "curl/8.0,'',true",
    "Wget/1,'',true",
    "Mozilla/5.0 (X),'',true",
    "kubectl/v1.35,'',false",
    "curl/8.0,?pretty=false,false",
    "curl/8.0,?pretty=0,false",
    "kubectl,?pretty,true",
    "kubectl,?pretty=1,true"
  })
  void indentsForPeople(String agent, String query, boolean indented) {
    String text = client.get(MAPS + query, "User-Agent", agent).text();
    assertThat(text.contains("\n  \"kind\"")).isEqualTo(indented);
    String refusal = client.get(MAPS + "/none" + query, "User-Agent", agent).text();
    assertThat(refusal.contains("\n  \"kind\"")).isEqualTo(indented);
  }

  @Test
  void tablesOfOneObjectAndOfMany() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"t\"},\"data\":{\"a\":\"b\"}}");
    for (String path : List.of(MAPS, MAPS + "/t")) {
      JsonNode whole = client.get(path + "?includeObject=Object", "Accept", TABLE).json();
      JsonNode row = whole.path("rows").path(whole.path("rows").size() - 1);
      assertThat(row.at("/object/kind").asString()).isEqualTo("ConfigMap");
      assertThat(row.at("/object/data/a").asString("")).isEqualTo("b");
      JsonNode metadata =
          client.get(path + "?includeObject=Metadata", "Accept", TABLE).json().at("/rows/0/object");
      assertThat(metadata.path("kind").asString()).isEqualTo("PartialObjectMetadata");
      assertThat(metadata.has("data")).isFalse();
      assertThat(whole.at("/columnDefinitions/0/format").asString()).isEqualTo("name");
      assertThat(whole.at("/metadata/resourceVersion").asString("")).isNotEmpty();
    }
    var wrong = client.get(MAPS + "?includeObject=Odd", "Accept", TABLE);
    assertThat(wrong.code()).isEqualTo(400);
    assertThat(wrong.at("message")).contains("must be 'Metadata', 'Object', 'None', or empty");
    var deleted = client.send("DELETE", MAPS + "/t", null, "Accept", TABLE);
    assertThat(deleted.at("status")).isEqualTo("Success");
    String pretty = client.get(MAPS + "?pretty=1", "Accept", TABLE).text();
    assertThat(pretty).contains("\n  \"kind\": \"Table\",\n");
  }

  @Test
  void writesAreAnsweredWithMetadataAlone() {
    String metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    String body = "{\"metadata\":{\"name\":\"m\",\"finalizers\":[\"a.example/b\"]},\"data\":{}}";
    var made = client.post(MAPS, body, "Accept", metadata);
    assertThat(made.code()).isEqualTo(201);
    assertThat(made.at("kind")).isEqualTo("PartialObjectMetadata");
    var patched =
        client.send(
            "PATCH",
            MAPS + "/m",
            "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}".getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/merge-patch+json",
            "Accept",
            metadata);
    assertThat(patched.at("kind")).isEqualTo("PartialObjectMetadata");
    assertThat(patched.at("metadata.labels.x")).isEqualTo("1");
    assertThat(patched.json().propertyNames()).containsExactly("kind", "apiVersion", "metadata");
    var deleted = client.send("DELETE", MAPS + "/m", null, "Accept", metadata);
    assertThat(deleted.at("kind")).isEqualTo("PartialObjectMetadata");
    assertThat(deleted.at("metadata.deletionTimestamp")).isNotEmpty();
  }

  @Test
  void whatCannotBeATableSaysSo() {
    String reviews = "/clusters/acme/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    String review = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}";
    var refused = client.post(reviews, review, "Accept", TABLE);
    assertThat(refused.code()).isEqualTo(406);
    assertThat(refused.at("reason")).isEqualTo("NotAcceptable");
    assertThat(client.post(reviews, review, "Accept", TABLE + ",application/json").code())
        .isNotEqualTo(406);
  }

  @Test
  void aggregatedDiscovery() {
    for (String version : List.of("v2", "v2beta1")) {
      for (String path : List.of("/clusters/acme/api", "/clusters/acme/apis")) {
        String accept = AGGREGATED.formatted(version);
        var answer = client.get(path, "Accept", accept);
        assertThat(answer.header("Content-Type"))
            .contains("g=apidiscovery.k8s.io")
            .contains("v=" + version)
            .contains("as=APIGroupDiscoveryList");
        assertThat(answer.at("apiVersion")).isEqualTo("apidiscovery.k8s.io/" + version);
        assertThat(answer.at("items.0.versions.0.freshness")).isEqualTo("Current");
        assertThat(answer.header("ETag")).matches("\"[0-9A-F]+\"");
        var same = client.get(path, "Accept", accept, "If-None-Match", answer.header("ETag"));
        assertThat(same.code()).isEqualTo(304);
        assertThat(same.text()).isEmpty();
        String profiled = accept.replace(";as=", ";profile=nopeer;as=");
        assertThat(client.get(path, "Accept", profiled).at("kind"))
            .isEqualTo("APIGroupDiscoveryList");
        assertThat(client.get(path, "Accept", "application/json," + accept).at("kind"))
            .isIn("APIVersions", "APIGroupList");
      }
    }
  }

  @Test
  void legacyDiscovery() {
    var versions = client.get("/clusters/acme/api");
    assertThat(versions.at("kind")).isEqualTo("APIVersions");
    assertThat(versions.at("versions.0")).isEqualTo("v1");
    assertThat(versions.at("serverAddressByClientCIDRs.0.clientCIDR")).isNotEmpty();
    var groups = client.get("/clusters/acme/apis");
    assertThat(groups.at("kind")).isEqualTo("APIGroupList");
    assertThat(groups.at("groups.0.preferredVersion.groupVersion")).isNotEmpty();
    assertThat(client.get("/clusters/acme/apis/apps").at("kind")).isEqualTo("APIGroup");
    assertThat(client.get("/clusters/acme/apis/nothing.example").code()).isEqualTo(404);
    List<String> names = new ArrayList<>();
    JsonNode resources = client.get("/clusters/acme/apis/apps/v1").json().path("resources");
    for (JsonNode resource : resources) {
      names.add(resource.path("name").asString());
      if (resource.path("name").asString().equals("deployments/scale")) {
        assertThat(resource.path("group").asString()).isEqualTo("autoscaling");
        assertThat(resource.path("version").asString()).isEqualTo("v1");
        assertThat(resource.path("kind").asString()).isEqualTo("Scale");
      }
    }
    assertThat(names).contains("deployments", "deployments/status", "deployments/scale");
  }

  @Test
  void versionAndPaths() {
    var version = client.get("/version");
    assertThat(version.at("major")).matches("\\d+");
    assertThat(version.at("minor")).matches("\\d+");
    assertThat(version.at("gitVersion")).matches("v\\d+\\.\\d+\\.\\d+.*");
    for (String field : List.of("gitTreeState", "buildDate", "goVersion", "compiler", "platform")) {
      assertThat(version.at(field)).as(field).isNotEmpty();
    }
    List<String> paths = new ArrayList<>();
    client.get("/clusters/acme/").json().path("paths").forEach(p -> paths.add(p.asString()));
    assertThat(paths)
        .contains("/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/healthz", "/livez")
        .contains("/readyz", "/metrics", "/openapi/v2", "/openapi/v3", "/version");
  }

  @Test
  void health() {
    for (String endpoint : List.of("/healthz", "/livez", "/readyz")) {
      var plain = client.get(endpoint);
      assertThat(plain.text()).isEqualTo("ok");
      assertThat(plain.header("Content-Type")).startsWith("text/plain");
      assertThat(client.get(endpoint + "?verbose").text())
          .contains("[+]ping ok\n")
          .endsWith("check passed\n");
      assertThat(client.get(endpoint + "?verbose&exclude=ping").text())
          .contains("[+]ping excluded: ok\n");
      assertThat(client.get(endpoint + "?verbose&exclude=none").text())
          .contains("warn: some health checks cannot be excluded: no matches for \"none\"\n");
      assertThat(client.get(endpoint + "/ping").text()).isEqualTo("ok");
      assertThat(client.get(endpoint + "/nothing").code()).isEqualTo(404);
    }
    String verbose = client.get("/readyz?verbose").text();
    assertThat(verbose).contains("[+]etcd ok", "[+]informer-sync ok");
    assertThat(client.get("/readyz/etcd").text()).isEqualTo("ok");
  }
}

package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.DEFINITIONS;
import static dev.argosy.server.custom.CustomRig.OTHER;
import static dev.argosy.server.custom.CustomRig.await;
import static dev.argosy.server.custom.CustomRig.condition;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.object;
import static dev.argosy.server.custom.CustomRig.objects;
import static dev.argosy.server.custom.CustomRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subresources, columns, selectors, versions, defaults of later schemas, and several clusters. */
class CustomVersionsTest {

  private static final String MERGE = "application/merge-patch+json";
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = server.client();
    server.clusters.put("umbrella", Phase.ACTIVE, Set.of("default"));
    client.post(OTHER + "/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String fleet() {
    return definition(
        "fleets",
        "Fleet",
        """
        {"type":"object","properties":{
         "spec":{"type":"object","properties":{"replicas":{"type":"integer"},
          "color":{"type":"string"},"selector":{"type":"string"}}},
         "status":{"type":"object","properties":{"replicas":{"type":"integer"},
          "ready":{"type":"boolean"},"selector":{"type":"string"}}}}}
        """,
        """
        ,"subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas",
          "statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}},
         "additionalPrinterColumns":[
          {"name":"Color","type":"string","jsonPath":".spec.color"},
          {"name":"Wanted","type":"integer","jsonPath":".spec.replicas","priority":1},
          {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}],
         "selectableFields":[{"jsonPath":".spec.color"}]
        """);
  }

  @Test
  void partsOfObjects() {
    define(client, ACME, fleet());
    String fleets = objects(ACME, "fleets");
    String body = "\"spec\":{\"replicas\":3,\"color\":\"red\"},\"status\":{\"replicas\":9}";
    var made = client.post(fleets, object("Fleet", "f", body));
    assertThat(made.json().has("status")).as("status is written apart").isFalse();
    var status =
        client.patch(
            fleets + "/f/status",
            MERGE,
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"replicas\":7},"
                + "\"status\":{\"replicas\":2,\"selector\":\"app=f\"}}");
    assertThat(status.at("status.replicas")).isEqualTo("2");
    assertThat(status.at("spec.replicas")).isEqualTo("3");
    assertThat(status.at("metadata.generation")).isEqualTo("1");
    assertThat(status.at("metadata.labels.a")).isEmpty();
    var scale = client.get(fleets + "/f/scale");
    assertThat(scale.at("spec.replicas")).isEqualTo("3");
    assertThat(scale.at("status.replicas")).isEqualTo("2");
    assertThat(scale.at("status.selector")).isEqualTo("app=f");
    var scaled = client.patch(fleets + "/f/scale", MERGE, "{\"spec\":{\"replicas\":5}}");
    assertThat(scaled.at("spec.replicas")).as(scaled.text()).isEqualTo("5");
    assertThat(client.get(fleets + "/f").at("metadata.generation")).isEqualTo("2");

    client.post(fleets, object("Fleet", "g", "\"spec\":{\"color\":\"blue\"}"));
    var table = client.get(fleets, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io").json();
    assertThat(table.path("columnDefinitions").findValuesAsString("name"))
        .containsExactly("Name", "Color", "Wanted", "Age");
    JsonNode first = table.path("rows").path(0).path("cells");
    assertThat(first.path(0).asString()).isEqualTo("f");
    assertThat(first.path(1).asString()).isEqualTo("red");
    assertThat(first.path(2).asInt()).isEqualTo(5);
    assertThat(table.path("rows").path(1).path("cells").path(2).isNull()).isTrue();

    var blue = client.get(fleets + "?fieldSelector=spec.color%3Dblue");
    assertThat(blue.json().path("items").findValuesAsString("name")).containsExactly("g");
    var unknown = client.get(fleets + "?fieldSelector=spec.replicas%3D5");
    assertThat(unknown.code()).isEqualTo(400);
    assertThat(unknown.at("message")).contains("field label not supported: spec.replicas");
  }

  @Test
  void clustersDoNotShareDefinitions() {
    define(client, ACME, definition("tools", "Tool", spec("{\"a\":{\"type\":\"string\"}}"), ""));
    define(client, OTHER, definition("tools", "Tool", spec("{\"a\":{\"type\":\"integer\"}}"), ""));
    String text = object("Tool", "t", "\"spec\":{\"a\":\"x\"}");
    assertThat(client.post(objects(ACME, "tools"), text).code()).isEqualTo(201);
    assertThat(client.post(objects(OTHER, "tools"), text).code()).isEqualTo(422);
    assertThat(client.get("/clusters/root/apis/example.com/v1/tools").code()).isEqualTo(404);
    assertThat(client.get("/clusters/*/apis/example.com/v1/tools").json().path("items").size())
        .isEqualTo(1);
    assertThat(client.get("/clusters/root/apis/example.com").code()).isEqualTo(404);
    assertThat(client.get(OTHER + "/apis/example.com/v1").at("resources.0.name"))
        .isEqualTo("tools");
  }

  @Test
  void versionsDifferInName() {
    String definition =
        definition("gears", "Gear", spec("{\"teeth\":{\"type\":\"integer\"}}"), "")
            .replace(
                "\"versions\":[",
                "\"versions\":[{\"name\":\"v1beta1\",\"served\":true,\"storage\":false,"
                    + "\"deprecated\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\","
                    + "\"x-kubernetes-preserve-unknown-fields\":true}}},");
    define(client, ACME, definition);
    client.post(objects(ACME, "gears"), object("Gear", "g", "\"spec\":{\"teeth\":12}"));
    String old = ACME + "/apis/example.com/v1beta1/namespaces/default/gears";
    var shown = client.get(old + "/g");
    assertThat(shown.at("apiVersion")).isEqualTo("example.com/v1beta1");
    assertThat(shown.at("spec.teeth")).isEqualTo("12");
    assertThat(shown.header("Warning"))
        .isEqualTo("299 - \"example.com/v1beta1 Gear is deprecated\"");
    assertThat(client.get(old).at("items.0.apiVersion")).isEqualTo("example.com/v1beta1");
    var group = client.get(ACME + "/apis/example.com").json();
    assertThat(group.path("preferredVersion").path("version").asString()).isEqualTo("v1");

    String path = ACME + DEFINITIONS + "/gears.example.com";
    var switched =
        client.patch(
            path,
            "application/json-patch+json",
            "[{\"op\":\"replace\",\"path\":\"/spec/versions/0/storage\",\"value\":true},"
                + "{\"op\":\"replace\",\"path\":\"/spec/versions/1/storage\",\"value\":false}]");
    assertThat(switched.code()).as(switched.text()).isEqualTo(200);
    assertThat(switched.json().path("status").path("storedVersions").toString())
        .isEqualTo("[\"v1\",\"v1beta1\"]");
    assertThat(client.get(objects(ACME, "gears") + "/g").at("spec.teeth")).isEqualTo("12");
    var dropped =
        client.patch(
            path,
            "application/json-patch+json",
            "[{\"op\":\"remove\",\"path\":\"/spec/versions/1\"}]");
    assertThat(dropped.code()).isEqualTo(422);
    assertThat(dropped.at("message"))
        .contains("status.storedVersions[0]: Invalid value: \"v1\": must appear in spec.versions");
  }

  @Test
  void defaultsOfLaterSchemasAreSeen() {
    define(client, ACME, definition("lates", "Late", spec("{\"a\":{\"type\":\"string\"}}"), ""));
    String lates = objects(ACME, "lates");
    client.post(lates, object("Late", "l", "\"spec\":{}"));
    String path = ACME + DEFINITIONS + "/lates.example.com";
    var changed =
        client.patch(
            path,
            "application/json-patch+json",
            "[{\"op\":\"add\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/properties/spec"
                + "/properties/a/default\",\"value\":\"new\"}]");
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    await(() -> client.get(lates + "/l").at("spec.a").equals("new"));
    assertThat(client.get(lates).at("items.0.spec.a")).isEqualTo("new");
    var written = client.post(lates, object("Late", "m", "\"spec\":{}"));
    assertThat(written.at("spec.a")).isEqualTo("new");
  }

  @Test
  void namesAreGivenOnce() {
    String schema = "{\"type\":\"object\"}";
    define(client, ACME, definition("firsts", "Same", schema, ""));
    var second = client.post(ACME + DEFINITIONS, definition("seconds", "Same", schema, ""));
    assertThat(second.code()).isEqualTo(201);
    assertThat(condition(second, "NamesAccepted")).isEqualTo("False");
    assertThat(condition(second, "Established")).isEqualTo("False");
    assertThat(second.text()).contains("\\\"Same\\\" is already in use");
    assertThat(client.get(objects(ACME, "seconds")).code()).isEqualTo(404);
    client.delete(ACME + DEFINITIONS + "/firsts.example.com", "");
    await(() ->
        condition(client.get(ACME + DEFINITIONS + "/seconds.example.com"), "Established")
            .equals("True"));
    assertThat(client.get(objects(ACME, "seconds")).code()).isEqualTo(200);
  }

  @Test
  void instancesGoFirst() {
    define(client, ACME, definition("slows", "Slow", "{\"type\":\"object\"}", ""));
    String slows = objects(ACME, "slows");
    String held =
        object("Slow", "s", "").replace("\"name\"", "\"finalizers\":[\"a.b/c\",\"bare\"],\"name\"");
    assertThat(client.post(slows, held).code()).isEqualTo(201);
    String path = ACME + DEFINITIONS + "/slows.example.com";
    var deleting = client.delete(path, "");
    assertThat(condition(deleting, "Terminating")).isEqualTo("True");
    await(() -> !client.get(slows + "/s").at("metadata.deletionTimestamp").isEmpty());
    assertThat(client.get(path).code()).isEqualTo(200);
    assertThat(client.post(slows, object("Slow", "t", "")).code()).isEqualTo(405);
    client.patch(slows + "/s", MERGE, "{\"metadata\":{\"finalizers\":null}}");
    await(() -> client.get(path).code() == 404);
  }
}

package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.DEFINITIONS;
import static dev.argosy.server.custom.CustomRig.await;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How custom resources are announced, and what definitions are refused for. */
class CustomDocumentsTest {

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static TestServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void documentsFollowDefinitions() {
    client.get(ACME + DEFINITIONS); // waits until the cache has what other tests have defined
    var discovery = client.get(ACME + "/apis", "Accept", AGGREGATED);
    var index = client.get(ACME + "/openapi/v3");
    var whole = client.get(ACME + "/openapi/v2");
    define(
        client,
        ACME,
        definition(
            "notes",
            "Note",
            spec("{\"text\":{\"type\":\"string\",\"description\":\"What it says.\"}}"),
            ""));
    await(() ->
        !client
            .get(ACME + "/apis", "Accept", AGGREGATED)
            .header("ETag")
            .equals(discovery.header("ETag")));
    await(() -> client.get(ACME + "/openapi/v2").text().contains("com.example.v1.Note\""));
    assertThat(client.get(ACME + "/openapi/v3").header("ETag")).isNotEqualTo(index.header("ETag"));

    JsonNode paths = client.get(ACME + "/openapi/v3").json().path("paths");
    String address = paths.path("apis/example.com/v1").path("serverRelativeURL").asString("");
    JsonNode third = client.get(ACME + address).json();
    JsonNode note = third.path("components").path("schemas").path("com.example.v1.Note");
    assertThat(
            note.path("properties")
                .path("spec")
                .path("properties")
                .path("text")
                .path("description")
                .asString())
        .isEqualTo("What it says.");
    assertThat(note.path("x-kubernetes-group-version-kind").path(0).path("kind").asString())
        .isEqualTo("Note");

    var second = client.get(ACME + "/openapi/v2");
    assertThat(second.header("ETag")).isNotEqualTo(whole.header("ETag"));
    JsonNode definitions = second.json().path("definitions");
    assertThat(definitions.has("com.example.v1.Note")).isTrue();
    assertThat(definitions.has("com.example.v1.NoteList")).isTrue();
    assertThat(definitions.has("io.k8s.api.core.v1.Pod")).isTrue();
    assertThat(second.json().path("paths").has("/apis/example.com/v1/namespaces/{namespace}/notes"))
        .isTrue();
    var wire =
        client.get(
            ACME + "/openapi/v2",
            "Accept",
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
    assertThat(new String(wire.response().body(), StandardCharsets.ISO_8859_1))
        .contains("com.example.v1.Note", "io.k8s.api.core.v1.Pod");
    assertThat(client.get("/clusters/root/openapi/v2").text()).doesNotContain("com.example");

    client.delete(ACME + DEFINITIONS + "/notes.example.com", "");
    await(() -> !client.get(ACME + "/openapi/v2").text().contains("com.example.v1.Note"));
    assertThat(client.get(ACME + "/openapi/v2").header("ETag")).isEqualTo(whole.header("ETag"));
  }

  @Test
  void schemasThatTakeAnythingHaveNoPropertiesInVersion2() {
    String keep = "\"x-kubernetes-preserve-unknown-fields\":true";
    String open = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}," + keep + "}";
    define(client, ACME, definition("boxes", "Box", open, ""));
    define(client, ACME, definition("crates", "Crate", spec("{\"in\":" + open + "}"), ""));
    await(() -> client.get(ACME + "/openapi/v2").text().contains("com.example.v1.Crate\""));
    JsonNode definitions = client.get(ACME + "/openapi/v2").json().path("definitions");
    JsonNode box = definitions.path("com.example.v1.Box");
    assertThat(box.propertyNames()).containsExactly("type", "x-kubernetes-group-version-kind");
    JsonNode in = definitions.at("/com.example.v1.Crate/properties/spec/properties/in");
    assertThat(in.has("properties")).isFalse();
    assertThat(in.path("type").asString("")).isEqualTo("object");
    assertThat(
            definitions.at("/com.example.v1.Crate/properties/apiVersion/description").asString(""))
        .startsWith("APIVersion defines");
  }

  @Test
  void protobufIsForBuiltInKinds() {
    define(client, ACME, definition("rocks", "Rock", "{\"type\":\"object\"}", ""));
    String protobuf = "application/vnd.kubernetes.protobuf";
    String rocks = CustomRig.objects(ACME, "rocks");
    assertThat(client.get(rocks, "Accept", protobuf).code()).isEqualTo(406);
    assertThat(client.get(rocks, "Accept", protobuf + ",application/json").code()).isEqualTo(200);
    assertThat(client.post(rocks, "k8s", "Content-Type", protobuf).code()).isEqualTo(415);
    var definitions = client.get(ACME + DEFINITIONS, "Accept", protobuf + ",application/json");
    assertThat(definitions.code()).as(definitions.text()).isEqualTo(200);
  }

  private static void refused(String definition, String... messages) {
    var answer = client.post(ACME + DEFINITIONS, definition);
    assertThat(answer.code()).as(answer.text()).isEqualTo(422);
    assertThat(answer.at("message")).contains(messages);
  }

  @Test
  void definitionsAreChecked() {
    String good = definition("goods", "Good", "{\"type\":\"object\"}", "");
    refused(
        good.replace("goods.example.com", "other.example.com"),
        "metadata.name: Invalid value: \"other.example.com\": must be"
            + " spec.names.plural+\".\"+spec.group");
    refused(
        good.replace("example.com", "example"),
        "spec.group: Invalid value: \"example\": should be a domain with at least one dot");
    refused(
        good.replace("example.com", "x.k8s.io"),
        "metadata.annotations[api-approved.kubernetes.io]: Required value");
    refused(
        good.replace("\"storage\":true", "\"storage\":false"),
        "must have exactly one version marked as storage version");
    refused(
        good.replace("\"Namespaced\"", "\"Everywhere\""),
        "spec.scope: Unsupported value: \"Everywhere\": supported values: \"Cluster\","
            + " \"Namespaced\"");
    refused(
        good.replace(
            "\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}", "\"deprecated\":false"),
        "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required");
    refused(
        good.replace("example.com", "tenancy.argosy.dev"),
        "spec.group: Forbidden: this group belongs to the platform");
    var unnamed = client.post(ACME + DEFINITIONS, "{\"spec\":{}}");
    assertThat(unnamed.code()).as(unnamed.text()).isEqualTo(422);
  }

  /** Some typed clients write them into every schema. */
  @Test
  void whatIsNotSupportedMayBeThereWithoutContent() {
    String schema = "{\"type\":\"object\",\"id\":\"\",\"definitions\":{},\"patternProperties\":{}}";
    var made = client.post(ACME + DEFINITIONS, definition("empties", "Empty", schema, ""));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  @Test
  void schemasMustBeStructural() {
    String at = "spec.versions[0].schema.openAPIV3Schema";
    refused(
        definition("bads", "Bad", "{\"type\":\"string\"}", ""),
        at + ".type: Invalid value: \"string\": must be object at the root");
    refused(
        definition(
            "bads",
            "Bad",
            """
            {"type":"object","properties":{
              "a":{},
              "b":{"type":"array"},
              "c":{"type":"string","default":5},
              "d":{"type":"string","pattern":"("},
              "e":{"type":"object","properties":{"f":{"type":"string"}},
                   "anyOf":[{"required":["f"],"type":"object"}]},
              "g":{"$ref":"#/x","type":"object"},
              "h":{"type":"array","x-kubernetes-list-type":"map","items":{"type":"object",
                   "properties":{"k":{"type":"string"}}},"x-kubernetes-list-map-keys":["k"]},
              "i":{"type":"array","uniqueItems":true,"items":{"type":"string"}}}}
            """,
            ""),
        at + ".properties[a].type: Required value: must not be empty for specified object fields",
        at + ".properties[b].items: Required value: must be specified",
        at + ".properties[c].default: Invalid value: \"integer\"",
        at + ".properties[d].pattern: Invalid value: \"(\": must be a valid regular expression",
        at + ".properties[e].anyOf[0].type: Forbidden: must be empty to be structural",
        at + ".properties[g].$ref: Forbidden: $ref is not supported",
        at
            + ".properties[h].items.properties[k].default: Required value: this property is in"
            + " x-kubernetes-list-map-keys",
        at + ".properties[i].uniqueItems: Forbidden: uniqueItems cannot be set to true");
  }

  @Test
  void whatIsFixedStays() {
    define(client, ACME, definition("fixes", "Fix", "{\"type\":\"object\"}", ""));
    var changed =
        client.patch(
            ACME + DEFINITIONS + "/fixes.example.com",
            "application/merge-patch+json",
            "{\"spec\":{\"scope\":\"Cluster\",\"names\":{\"kind\":\"Fax\"}}}");
    assertThat(changed.code()).isEqualTo(422);
    assertThat(changed.at("message"))
        .contains(
            "spec.scope: Invalid value: \"Cluster\": field is immutable",
            "spec.names.kind: Invalid value: \"Fax\": field is immutable");
  }
}

package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.DEFINITIONS;
import static dev.argosy.server.custom.CustomRig.await;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.object;
import static dev.argosy.server.custom.CustomRig.objects;
import static dev.argosy.server.custom.CustomRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects of custom resources, from definition to deletion, over HTTP. */
class CustomObjectsTest {

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
  void fromDefinitionToDeletion() {
    define(
        client, ACME, definition("lamps", "Lamp", spec("{\"color\":{\"type\":\"string\"}}"), ""));
    String lamps = objects(ACME, "lamps");
    var made = client.post(lamps, object("Lamp", "a", "\"spec\":{\"color\":\"red\",\"x\":1}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("spec.color")).isEqualTo("red");
    assertThat(made.json().path("spec").has("x")).as("unknown fields go").isFalse();
    assertThat(made.header("Warning")).contains("unknown field \\\"spec.x\\\"");
    assertThat(made.at("metadata.generation")).isEqualTo("1");

    var listed = client.get(lamps);
    assertThat(listed.at("kind")).isEqualTo("LampList");
    assertThat(listed.at("items.0.kind")).as("items say what they are").isEqualTo("Lamp");

    var patched =
        client.patch(
            lamps + "/a", "application/merge-patch+json", "{\"spec\":{\"color\":\"blue\"}}");
    assertThat(patched.at("metadata.generation")).isEqualTo("2");
    var strategic =
        client.patch(lamps + "/a", "application/strategic-merge-patch+json", "{\"spec\":{}}");
    assertThat(strategic.code()).isEqualTo(415);
    var unversioned = client.put(lamps + "/a", object("Lamp", "a", "\"spec\":{}"));
    assertThat(unversioned.code()).isEqualTo(422);
    assertThat(unversioned.at("message"))
        .isEqualTo(
            "Lamp.example.com \"a\" is invalid: metadata.resourceVersion: Invalid value: 0: must be"
                + " specified for an update");

    assertThat(client.delete(ACME + DEFINITIONS + "/lamps.example.com", "").code()).isEqualTo(200);
    await(() -> client.get(ACME + DEFINITIONS + "/lamps.example.com").code() == 404);
    await(() -> client.get(lamps).code() == 404);
    define(
        client, ACME, definition("lamps", "Lamp", spec("{\"color\":{\"type\":\"string\"}}"), ""));
    assertThat(client.get(lamps).json().path("items").size()).as("nothing came back").isZero();
  }

  @Test
  void strictFieldsAreRefused() {
    define(
        client, ACME, definition("desks", "Desk", spec("{\"wide\":{\"type\":\"integer\"}}"), ""));
    var refused =
        client.post(
            objects(ACME, "desks") + "?fieldValidation=Strict",
            object("Desk", "d", "\"spec\":{\"wide\":1,\"deep\":2}"));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.at("message"))
        .endsWith("strict decoding error: unknown field \"spec.deep\"");
  }

  @Test
  void watched() {
    define(client, ACME, definition("birds", "Bird", spec("{\"song\":{\"type\":\"string\"}}"), ""));
    String birds = objects(ACME, "birds");
    try (TestStream stream = client.stream(birds + "?watch=true")) {
      client.post(birds, object("Bird", "wren", "\"spec\":{\"song\":\"loud\"}"));
      var event = stream.next().orElseThrow();
      assertThat(event.path("type").asString()).isEqualTo("ADDED");
      assertThat(event.path("object").path("kind").asString()).isEqualTo("Bird");
      client.delete(birds + "/wren", "");
      assertThat(stream.nextShort()).isEqualTo("DELETED wren");
      client.delete(ACME + DEFINITIONS + "/birds.example.com", "");
      assertThat(stream.nextShort()).as("nothing is left to watch").isEqualTo("END");
    }
  }

  @Test
  void badValuesAreToldExactly() {
    String schema =
        spec(
            """
            {"count":{"type":"integer","minimum":1},
             "name":{"type":"string","maxLength":3,"pattern":"^a"},
             "mode":{"type":"string","enum":["x","y"]},
             "port":{"x-kubernetes-int-or-string":true},
             "hosts":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
             "at":{"type":"string","format":"date-time"}}
            """);
    define(client, ACME, definition("forms", "Form", schema, ""));
    var refused =
        client.post(
            objects(ACME, "forms"),
            object(
                "Form",
                "f",
                """
                "spec":{"count":0,"name":"bcde","mode":"z","port":true,
                 "hosts":["h","h"],"at":"noon"}
                """));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .contains(
            "spec.count: Invalid value: 0: spec.count in body should be greater than or equal to 1",
            "spec.name: Too long: may not be more than 3 bytes",
            "spec.name: Invalid value: \"bcde\": spec.name in body should match '^a'",
            "spec.mode: Unsupported value: \"z\": supported values: \"x\", \"y\"",
            "spec.port: Invalid value: \"boolean\": spec.port in body must be of type"
                + " integer,string: \"boolean\"",
            "spec.hosts[1]: Duplicate value: \"h\"",
            "spec.at: Invalid value: \"noon\": spec.at in body must be of type date-time:"
                + " \"noon\"");
    var typed =
        client.post(objects(ACME, "forms"), object("Form", "g", "\"spec\":{\"count\":\"1\"}"));
    assertThat(typed.at("details.causes.0.reason")).isEqualTo("FieldValueTypeInvalid");
    assertThat(typed.at("details.causes.0.field")).isEqualTo("spec.count");
    assertThat(typed.at("message"))
        .isEqualTo(
            "Form.example.com \"g\" is invalid: spec.count: Invalid value: \"string\": spec.count in"
                + " body must be of type integer: \"string\"");
  }
}

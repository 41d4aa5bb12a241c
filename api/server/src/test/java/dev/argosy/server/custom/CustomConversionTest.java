package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.object;
import static dev.argosy.server.custom.CustomRig.objects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.spi.Change;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Versions that a webhook converts: v1 says {@code address}, v2 says host and port apart. */
class CustomConversionTest {

  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean broken;
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            Map.of(),
            parts ->
                parts.conversions((cluster, definition, config, review) -> answer(config, review)));
    client = server.client();
    define(
        client,
        ACME,
        definition("doors", "Door", open(), "")
            .replace(
                "\"versions\":[",
                "\"conversion\":{\"strategy\":\"Webhook\",\"webhook\":{"
                    + "\"conversionReviewVersions\":[\"v1\"],"
                    + "\"clientConfig\":{\"url\":\"https://example.com/convert\"}}},"
                    + "\"versions\":[{\"name\":\"v2\",\"served\":true,\"storage\":false,"
                    + "\"schema\":{\"openAPIV3Schema\":"
                    + open()
                    + "}},"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String open() {
    return "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":{"
        + "\"address\":{\"type\":\"string\"},\"host\":{\"type\":\"string\"},"
        + "\"port\":{\"type\":\"string\"}}}}}";
  }

  private ObjectNode answer(JsonNode config, ObjectNode review) {
    calls.incrementAndGet();
    assertThat(config.path("url").asString()).isEqualTo("https://example.com/convert");
    JsonNode request = review.path("request");
    ObjectNode response = Json.object().put("uid", request.path("uid").asString());
    if (broken) {
      response.putObject("result").put("status", "Failed").put("message", "no idea");
    } else {
      response.putObject("result").put("status", "Success");
      ArrayNode converted = response.putArray("convertedObjects");
      String version = request.path("desiredAPIVersion").asString();
      request.path("objects").forEach(door -> converted.add(converted((ObjectNode) door, version)));
    }
    ObjectNode answer = Json.object();
    answer.set("response", response);
    return answer;
  }

  private static ObjectNode converted(ObjectNode door, String version) {
    ObjectNode made = door.deepCopy().put("apiVersion", version);
    ObjectNode spec = made.putObject("spec");
    JsonNode before = door.path("spec");
    if (version.endsWith("/v2")) {
      String[] parts = before.path("address").asString(":").split(":", 2);
      spec.put("host", parts[0]).put("port", parts[1]);
    } else {
      spec.put(
          "address", before.path("host").asString("") + ":" + before.path("port").asString(""));
    }
    return made;
  }

  @Test
  void everyVersionShowsTheSameDoor() {
    String second = ACME + "/apis/example.com/v2/namespaces/default/doors";
    var made =
        client.post(
            second,
            object("Door", "front", "\"spec\":{\"host\":\"h\",\"port\":\"1\"}")
                .replace("example.com/v1", "example.com/v2"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("spec.host")).isEqualTo("h");
    assertThat(client.get(objects(ACME, "doors") + "/front").at("spec.address")).isEqualTo("h:1");
    client.post(objects(ACME, "doors"), object("Door", "back", "\"spec\":{\"address\":\"b:2\"}"));

    int before = calls.get();
    var listed = client.get(second);
    assertThat(listed.at("items.0.spec.host")).isEqualTo("b");
    assertThat(listed.at("items.1.spec.port")).isEqualTo("1");
    assertThat(calls.get() - before).as("a list is converted at once").isLessThanOrEqualTo(1);
    client.get(second);
    assertThat(calls.get() - before).as("and remembered").isLessThanOrEqualTo(1);

    var patched =
        client.patch(
            second + "/front", "application/merge-patch+json", "{\"spec\":{\"port\":\"9\"}}");
    assertThat(patched.at("spec.port")).as(patched.text()).isEqualTo("9");
    assertThat(client.get(objects(ACME, "doors") + "/front").at("spec.address")).isEqualTo("h:9");
  }

  @Test
  void aWebhookThatFailsIsTold() {
    client.post(objects(ACME, "doors"), object("Door", "back", "\"spec\":{\"address\":\"b:2\"}"));
    broken = true;
    var failed = client.get(ACME + "/apis/example.com/v2/namespaces/default/doors");
    assertThat(failed.code()).isEqualTo(500);
    assertThat(failed.at("message"))
        .isEqualTo("conversion webhook for doors.example.com failed: no idea");
    assertThat(client.get(objects(ACME, "doors")).code()).isEqualTo(200);
  }

  @Test
  void aWriteThatWasUnderWayIsConvertedToo() {
    var door =
        client.post(objects(ACME, "doors"), object("Door", "a", "\"spec\":{\"address\":\"h:1\"}"));
    client.patch(
        ACME + CustomRig.DEFINITIONS + "/doors.example.com",
        "application/json-patch+json",
        "[{\"op\":\"replace\",\"path\":\"/spec/versions/0/storage\",\"value\":true},"
            + "{\"op\":\"replace\",\"path\":\"/spec/versions/1/storage\",\"value\":false}]");
    ObjectNode late = (ObjectNode) door.json();
    ObjectNode metadata = (ObjectNode) late.get("metadata");
    metadata.put("name", "late").remove("resourceVersion");
    ObjectKey key =
        new ObjectKey(new GroupResource("example.com", "doors"), "acme", "default", "late");
    server.store.commit(List.of(new Change.Create(key, Json.canonical(late))));

    var listed = client.get(ACME + "/apis/example.com/v2/namespaces/default/doors");
    assertThat(listed.at("items.1.metadata.name")).isEqualTo("late");
    assertThat(listed.at("items.1.apiVersion")).isEqualTo("example.com/v2");
    assertThat(listed.at("items.1.spec.host")).isEqualTo("h");
  }
}

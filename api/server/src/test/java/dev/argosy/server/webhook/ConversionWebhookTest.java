package dev.argosy.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Custom resources that a webhook converts. */
@Timeout(60)
class ConversionWebhookTest {

  private static final String DEFINITIONS =
      "/clusters/acme/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String V1 = "/clusters/acme/apis/example.com/v1/namespaces/default/things";
  private static final String V2 = "/clusters/acme/apis/example.com/v2/namespaces/default/things";

  @TempDir Path folder;
  private HookServer hooks;
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    hooks = new HookServer(folder);
    server = TestServer.start(Map.of("argosy.api.tenant-addresses", "127.0.0.1"), parts -> {});
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
  }

  @AfterEach
  void stop() {
    server.close();
    hooks.close();
  }

  private void define() throws Exception {
    String version =
        "{\"name\":\"%s\",\"served\":true,\"storage\":%s,\"schema\":{\"openAPIV3Schema\":"
            + "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":"
            + "{\"%s\":{\"type\":\"string\"}}}}}}}";
    String webhook =
        "{\"strategy\":\"Webhook\",\"webhook\":{\"conversionReviewVersions\":[\"v1\"],"
            + "\"clientConfig\":{\"url\":\"%s\",\"caBundle\":\"%s\"}}}";
    Answer made =
        client.post(
            DEFINITIONS,
            "{\"metadata\":{\"name\":\"things.example.com\"},\"spec\":{\"group\":\"example.com\","
                + "\"scope\":\"Namespaced\",\"names\":{\"plural\":\"things\",\"kind\":\"Thing\"},"
                + "\"versions\":["
                + version.formatted("v1", "true", "old")
                + ","
                + version.formatted("v2", "false", "fresh")
                + "],\"conversion\":"
                + webhook.formatted(hooks.url("/convert"), hooks.caBundle())
                + "}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    await(() -> client.get(V1).code() == 200);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Renames the only field. */
  private static String converted(JsonNode review) {
    JsonNode request = review.path("request");
    String wanted = request.path("desiredAPIVersion").asString("");
    ObjectNode answer = Json.object();
    answer.put("apiVersion", "apiextensions.k8s.io/v1").put("kind", "ConversionReview");
    ObjectNode response = answer.putObject("response");
    response.put("uid", request.path("uid").asString(""));
    response.putObject("result").put("status", "Success");
    ArrayNode objects = response.putArray("convertedObjects");
    for (JsonNode object : request.path("objects")) {
      ObjectNode copy = (ObjectNode) object.deepCopy();
      String value = object.path("spec").path(wanted.endsWith("v2") ? "old" : "fresh").asString("");
      copy.put("apiVersion", wanted);
      copy.putObject("spec").put(wanted.endsWith("v2") ? "fresh" : "old", value);
      objects.add(copy);
    }
    return answer.toString();
  }

  @Test
  void versionsAreConvertedBothWays() throws Exception {
    hooks.raw("/convert", ConversionWebhookTest::converted);
    define();
    String thing =
        "{\"apiVersion\":\"example.com/%s\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"%s\":\"x\"}}";
    assertThat(client.post(V1, thing.formatted("v1", "a", "old")).code()).isEqualTo(201);
    Answer fresh = client.get(V2 + "/a");
    assertThat(fresh.at("spec.fresh")).as(fresh.text()).isEqualTo("x");
    Answer made = client.post(V2, thing.formatted("v2", "b", "fresh"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(client.get(V1 + "/b").at("spec.old")).isEqualTo("x");
    assertThat(hooks.requests.getFirst()).isEqualTo("POST /convert?timeout=30s");
  }

  @Test
  void failureIsTold() throws Exception {
    hooks.code("/convert", 500, review -> "broken");
    define();
    String thing =
        "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Thing\",\"metadata\":{\"name\":\"b\"},\"spec\":{\"fresh\":\"x\"}}";
    Answer made = client.post(V2, thing);
    assertThat(made.code()).isEqualTo(500);
    assertThat(made.at("message"))
        .startsWith("conversion webhook for things.example.com failed: ")
        .contains("broken");
  }
}

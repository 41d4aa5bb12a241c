package dev.argosy.server.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What tests of custom resources share: definitions, and how to wait for them. */
final class CustomRig {

  static final String ACME = "/clusters/acme";
  static final String OTHER = "/clusters/umbrella";
  static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private CustomRig() {}

  static TestServer start() {
    return TestServer.start();
  }

  /**
   * A namespaced resource with one version {@code v1}.
   *
   * @param schema of the object, as JSON
   * @param more further members of the version, each preceded by a comma
   */
  static String definition(String plural, String kind, String schema, String more) {
    return """
    {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
     "metadata":{"name":"%s.example.com"},
     "spec":{"group":"example.com","scope":"Namespaced",
      "names":{"plural":"%s","kind":"%s"},
      "versions":[{"name":"v1","served":true,"storage":true,
       "schema":{"openAPIV3Schema":%s}%s}]}}
    """
        .formatted(plural, plural, kind, schema, more);
  }

  static String spec(String properties) {
    return "{\"type\":\"object\",\"properties\":{\"spec\":{\"type\":\"object\",\"properties\":"
        + properties
        + "},\"status\":{\"type\":\"object\",\"x-kubernetes-preserve-unknown-fields\":true}}}";
  }

  /** Creates a definition, which must be established at once. */
  static ObjectNode define(TestClient client, String cluster, String definition) {
    Answer made = client.post(cluster + DEFINITIONS, definition);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(condition(made, "Established")).isEqualTo("True");
    assertThat(condition(made, "NamesAccepted")).isEqualTo("True");
    return (ObjectNode) made.json();
  }

  static String condition(Answer definition, String type) {
    for (var condition : definition.json().path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("");
      }
    }
    return "";
  }

  static String objects(String cluster, String plural) {
    return cluster + "/apis/example.com/v1/namespaces/default/" + plural;
  }

  static String object(String kind, String name, String rest) {
    ObjectNode object = Json.object().put("apiVersion", "example.com/v1").put("kind", kind);
    object.putObject("metadata").put("name", name);
    object.setAll((ObjectNode) Json.mapper().readTree("{" + rest + "}"));
    return object.toString();
  }

  static void await(Supplier<Boolean> condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.get()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}

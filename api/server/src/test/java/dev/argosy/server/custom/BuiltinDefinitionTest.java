package dev.argosy.server.custom;

import static dev.argosy.server.custom.CustomRig.ACME;
import static dev.argosy.server.custom.CustomRig.DEFINITIONS;
import static dev.argosy.server.custom.CustomRig.await;
import static dev.argosy.server.custom.CustomRig.condition;
import static dev.argosy.server.custom.CustomRig.define;
import static dev.argosy.server.custom.CustomRig.definition;
import static dev.argosy.server.custom.CustomRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Charts bring definitions of what is built in here: that does no harm. */
class BuiltinDefinitionTest {

  private static final String GROUP = "/apis/scheduling.x-k8s.io/v1alpha1/namespaces/default/";
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

  private static String ofGangs(String plural, String kind) {
    return definition(plural, kind, spec("{\"minMember\":{\"type\":\"string\"}}"), "")
        .replace("example.com", "scheduling.x-k8s.io")
        .replace("\"name\":\"v1\"", "\"name\":\"v1alpha1\"");
  }

  private static String group(String name, String spec) {
    return "{\"apiVersion\":\"scheduling.x-k8s.io/v1alpha1\",\"kind\":\"PodGroup\","
        + "\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":"
        + spec
        + "}";
  }

  @Test
  void aDefinitionOfPodGroupsIsAcceptedAndMeansNothing() {
    define(client, ACME, ofGangs("podgroups", "PodGroup"));
    var made = client.post(ACME + GROUP + "podgroups", group("g", "{\"minMember\":3}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    var refused = client.post(ACME + GROUP + "podgroups", group("h", "{\"minMember\":-1}"));
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.text()).contains("must be greater than or equal to 1");

    define(client, ACME, ofGangs("elasticquotas", "ElasticQuota"));
    assertThat(client.get(ACME + GROUP + "elasticquotas").code()).isEqualTo(200);
    assertThat(client.get(ACME + "/apis/scheduling.x-k8s.io/v1alpha1").text())
        .contains("\"elasticquotas\"", "\"podgroups/status\"", "\"pg\"");

    String path = ACME + DEFINITIONS + "/podgroups.scheduling.x-k8s.io";
    client.delete(path, "");
    await(() -> client.get(path).code() == 404);
    assertThat(client.get(ACME + GROUP + "podgroups/g").at("spec.minMember")).isEqualTo("3");
  }

  @Test
  void itsNamesAreTakenForOthers() {
    var other = client.post(ACME + DEFINITIONS, ofGangs("gangs", "PodGroup"));
    assertThat(condition(other, "NamesAccepted")).isEqualTo("False");
    assertThat(condition(other, "Established")).isEqualTo("False");
  }
}

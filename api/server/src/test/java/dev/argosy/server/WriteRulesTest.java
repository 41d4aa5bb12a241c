package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The rules of creating and changing that clients depend on. */
class WriteRulesTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  static String deployment(String name, String more) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\""
        + more
        + "},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{"
        + "\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\","
        + "\"image\":\"i\"}]}}}}";
  }

  @Test
  void generatedNames() {
    var made = client.post(MAPS, "{\"metadata\":{\"generateName\":\"g-\"}}");
    assertThat(made.at("metadata.name")).matches("g-[bcdfghjklmnpqrstvwxz2456789]{5}");
    assertThat(made.at("metadata.generateName")).isEqualTo("g-");
  }

  @Test
  void alreadyExists() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"twice\"}}");
    var again = client.post(MAPS, "{\"metadata\":{\"name\":\"twice\"}}");
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.at("reason")).isEqualTo("AlreadyExists");
    assertThat(again.at("message")).isEqualTo("configmaps \"twice\" already exists");
  }

  @Test
  void places() {
    var other = client.post(MAPS, "{\"metadata\":{\"name\":\"x\",\"namespace\":\"kube-system\"}}");
    assertThat(other.code()).isEqualTo(400);
    assertThat(other.at("message")).contains("does not match the namespace sent on the request");
    var none =
        client.post(
            "/clusters/acme/api/v1/namespaces/none/configmaps", "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(none.code()).isEqualTo(404);
    assertThat(none.at("message")).isEqualTo("namespaces \"none\" not found");
    var versioned = client.post(MAPS, "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"1\"}}");
    assertThat(versioned.code()).isEqualTo(400);
  }

  @Test
  void staleWritesConflict() {
    var first = client.post(MAPS, "{\"metadata\":{\"name\":\"s\"},\"data\":{\"v\":\"1\"}}");
    String old = first.text();
    var second = client.put(MAPS + "/s", old.replace("\"1\"", "\"2\""));
    assertThat(second.code()).as(second.text()).isEqualTo(200);
    assertThat(second.at("metadata.uid")).isEqualTo(first.at("metadata.uid"));
    var stale = client.put(MAPS + "/s", old.replace("\"1\"", "\"3\""));
    assertThat(stale.code()).isEqualTo(409);
    assertThat(stale.at("message"))
        .isEqualTo(
            "Operation cannot be fulfilled on configmaps \"s\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
    var unconditional =
        client.put(MAPS + "/s", "{\"metadata\":{\"name\":\"s\"},\"data\":{\"v\":\"4\"}}");
    assertThat(unconditional.code()).isEqualTo(200);
    var same = client.put(MAPS + "/s", "{\"data\":{\"v\":\"4\"},\"metadata\":{\"name\":\"s\"}}");
    assertThat(same.at("metadata.resourceVersion"))
        .as("a write that changes nothing writes nothing")
        .isEqualTo(unconditional.at("metadata.resourceVersion"));
  }

  @Test
  void leasesNeedAVersionAndAreCreatedByUpdate() {
    String leases = "/clusters/acme/apis/coordination.k8s.io/v1/namespaces/default/leases";
    String lease = "{\"metadata\":{\"name\":\"l\"},\"spec\":{\"holderIdentity\":\"me\"}}";
    assertThat(client.put(leases + "/l", lease).code()).isEqualTo(201);
    var again = client.put(leases + "/l", lease);
    assertThat(again.code()).isEqualTo(422);
    assertThat(again.at("message"))
        .contains("metadata.resourceVersion: Invalid value: 0: must be specified for an update");
  }

  @Test
  void generationCountsWhatTheUserWants() {
    var made = client.post(DEPLOYMENTS, deployment("gen", ""));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("metadata.generation")).isEqualTo("1");
    var scaled =
        client.patch(
            DEPLOYMENTS + "/gen", "application/merge-patch+json", "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.at("metadata.generation")).isEqualTo("2");
    var labelled =
        client.patch(
            DEPLOYMENTS + "/gen",
            "application/strategic-merge-patch+json",
            "{\"metadata\":{\"labels\":{\"x\":\"y\"}},\"status\":{\"replicas\":9}}");
    assertThat(labelled.at("metadata.generation")).isEqualTo("2");
    assertThat(labelled.at("status.replicas")).as("status is not written here").isEmpty();
    var status =
        client.patch(
            DEPLOYMENTS + "/gen/status",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":7},\"status\":{\"replicas\":9}}");
    assertThat(status.at("status.replicas")).isEqualTo("9");
    assertThat(status.at("spec.replicas")).as("spec is not written here").isEqualTo("3");
    assertThat(status.at("metadata.generation")).isEqualTo("2");
  }

  @Test
  void aJsonPatchMayNameWhatIsBelowAnEmptyStatus() {
    client.post(DEPLOYMENTS, deployment("below", ""));
    var patched =
        client.patch(
            DEPLOYMENTS + "/below/status",
            "application/json-patch+json",
            "[{\"op\":\"add\",\"path\":\"/status/replicas\",\"value\":4}]");
    assertThat(patched.at("status.replicas")).as(patched.text()).isEqualTo("4");
  }

  @Test
  void scale() {
    client.post(DEPLOYMENTS, deployment("sc", ""));
    var scale = client.get(DEPLOYMENTS + "/sc/scale");
    assertThat(scale.at("kind")).isEqualTo("Scale");
    assertThat(scale.at("spec.replicas")).isEqualTo("2");
    assertThat(scale.at("status.selector")).isEqualTo("a=b");
    var put =
        client.put(
            DEPLOYMENTS + "/sc/scale", scale.text().replace("\"replicas\":2", "\"replicas\":5"));
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    assertThat(client.get(DEPLOYMENTS + "/sc").at("spec.replicas")).isEqualTo("5");
    var patched =
        client.patch(
            DEPLOYMENTS + "/sc/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":1}}");
    assertThat(patched.at("spec.replicas")).isEqualTo("1");
    var negative =
        client.patch(
            DEPLOYMENTS + "/sc/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":-1}}");
    assertThat(negative.code()).isEqualTo(422);
  }
}

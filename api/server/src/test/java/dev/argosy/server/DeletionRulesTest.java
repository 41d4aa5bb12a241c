package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The rules of deleting that clients depend on. */
class DeletionRulesTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  @Test
  void finalizersKeepAnObjectUntilTheLastIsGone() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"fin\",\"finalizers\":[\"a.b/c\"]}}");
    var marked = client.delete(MAPS + "/fin", "");
    assertThat(marked.code()).isEqualTo(200);
    assertThat(marked.at("kind")).isEqualTo("ConfigMap");
    assertThat(marked.at("metadata.deletionTimestamp")).isNotEmpty();
    assertThat(marked.at("metadata.deletionGracePeriodSeconds")).isEqualTo("0");
    var more =
        client.patch(
            MAPS + "/fin",
            "application/merge-patch+json",
            "{\"metadata\":{\"finalizers\":[\"a.b/c\",\"d.e/f\"]}}");
    assertThat(more.code()).isEqualTo(422);
    var last =
        client.patch(
            MAPS + "/fin", "application/merge-patch+json", "{\"metadata\":{\"finalizers\":null}}");
    assertThat(last.code()).as(last.text()).isEqualTo(200);
    assertThat(client.get(MAPS + "/fin").code()).isEqualTo(404);
  }

  @Test
  void propagationIsNotedAsFinalizers() {
    client.post(DEPLOYMENTS, WriteRulesTest.deployment("fg", ""));
    var foreground = client.delete(DEPLOYMENTS + "/fg", "{\"propagationPolicy\":\"Foreground\"}");
    assertThat(foreground.at("metadata.finalizers.0")).isEqualTo("foregroundDeletion");
    client.post(DEPLOYMENTS, WriteRulesTest.deployment("or", ""));
    var orphan = client.delete(DEPLOYMENTS + "/or?propagationPolicy=Orphan", "");
    assertThat(orphan.at("metadata.finalizers.0")).isEqualTo("orphan");
    assertThat(orphan.at("metadata.generation")).isEqualTo("2");
  }

  @Test
  void collectionsAreDeletedBySelector() {
    for (String name : new String[] {"c1", "c2"}) {
      client.post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"col\":\"yes\"}}}");
    }
    client.post(MAPS, "{\"metadata\":{\"name\":\"c3\"}}");
    var deleted = client.delete(MAPS + "?labelSelector=col=yes", "");
    assertThat(deleted.code()).as(deleted.text()).isEqualTo(200);
    assertThat(deleted.json().path("items").size()).isEqualTo(2);
    assertThat(client.get(MAPS + "?labelSelector=col=yes").json().path("items").size()).isZero();
    assertThat(client.get(MAPS + "/c3").code()).isEqualTo(200);
  }

  @Test
  void namespacesGoInTwoPhases() {
    var made = client.post("/clusters/acme/api/v1/namespaces", "{\"metadata\":{\"name\":\"two\"}}");
    assertThat(made.at("spec.finalizers.0")).isEqualTo("kubernetes");
    assertThat(made.at("status.phase")).isEqualTo("Active");
    assertThat(
            made.json()
                .path("metadata")
                .path("labels")
                .path("kubernetes.io/metadata.name")
                .asString(""))
        .isEqualTo("two");
    var marked = client.delete("/clusters/acme/api/v1/namespaces/two", "");
    assertThat(marked.at("status.phase")).isEqualTo("Terminating");
    var again = client.delete("/clusters/acme/api/v1/namespaces/two", "");
    assertThat(again.code()).isEqualTo(409);
    var late =
        client.post(
            "/clusters/acme/api/v1/namespaces/two/configmaps", "{\"metadata\":{\"name\":\"x\"}}");
    assertThat(late.code()).isEqualTo(403);
    assertThat(late.at("details.causes.0.reason")).isEqualTo("NamespaceTerminating");
    var finalized =
        client.put(
            "/clusters/acme/api/v1/namespaces/two/finalize",
            "{\"metadata\":{\"name\":\"two\"},\"spec\":{}}");
    assertThat(finalized.code()).as(finalized.text()).isEqualTo(200);
    assertThat(client.get("/clusters/acme/api/v1/namespaces/two").code()).isEqualTo(404);
    assertThat(client.delete("/clusters/acme/api/v1/namespaces/default", "").code()).isEqualTo(403);
  }
}

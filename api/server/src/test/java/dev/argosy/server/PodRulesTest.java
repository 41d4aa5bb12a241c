package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is special about writing and deleting pods. */
class PodRulesTest {

  private static final String NS = "/clusters/acme/api/v1/namespaces/default";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  static String pod(String name, String more) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{"
        + more
        + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";
  }

  @Test
  void anUpdateMayLeaveOutTheDefaultTolerations() {
    client.post(NS + "/pods", pod("tolerant", ""));
    var updated =
        client.patch(
            NS + "/pods/tolerant",
            "application/merge-patch+json",
            "{\"spec\":{\"tolerations\":[{\"key\":\"own\",\"operator\":\"Exists\"}]}}");
    assertThat(updated.code()).as(updated.text()).isEqualTo(200);
    assertThat(updated.json().at("/spec/tolerations")).hasSize(3);
    assertThat(updated.at("metadata.generation")).isEqualTo("2");
  }

  @Test
  void aGraceBelowNothingIsASecond() {
    String negative = "\"terminationGracePeriodSeconds\":-1,";
    var made = client.post(NS + "/pods", pod("negative", negative));
    assertThat(made.at("spec.terminationGracePeriodSeconds")).as(made.text()).isEqualTo("1");
    var updated =
        client.patch(
            NS + "/pods/negative",
            "application/merge-patch+json",
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}},"
                + "\"spec\":{\"terminationGracePeriodSeconds\":-1}}");
    assertThat(updated.code()).as(updated.text()).isEqualTo(200);
    assertThat(updated.at("spec.terminationGracePeriodSeconds")).isEqualTo("1");
  }

  @Test
  void podsDieGracefully() {
    var made = client.post(NS + "/pods", pod("p", ""));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("status.phase")).isEqualTo("Pending");
    assertThat(made.at("status.qosClass")).isEqualTo("BestEffort");
    assertThat(made.at("spec.serviceAccountName")).isEqualTo("default");
    assertThat(made.at("spec.volumes.0.name")).startsWith("kube-api-access-");
    assertThat(made.at("spec.volumes.0.projected.sources.0.serviceAccountToken.expirationSeconds"))
        .isEqualTo("3607");
    assertThat(made.at("spec.tolerations.0.tolerationSeconds")).isEqualTo("300");

    String binding =
        "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}";
    var nowhere = client.post(NS + "/pods/p/binding", binding.replace("n1", "n > 1"));
    assertThat(nowhere.code()).as(nowhere.text()).isEqualTo(400);
    assertThat(nowhere.at("message")).startsWith("target.name: Invalid value: \"n > 1\"");
    var bound = client.post(NS + "/pods/p/binding", binding);
    assertThat(bound.code()).as(bound.text()).isEqualTo(201);
    assertThat(client.get(NS + "/pods/p").at("spec.nodeName")).isEqualTo("n1");
    var again = client.post(NS + "/pods/p/binding", binding);
    assertThat(again.code()).isEqualTo(409);
    assertThat(again.at("message")).contains("is already assigned to node");

    var marked = client.delete(NS + "/pods/p", "");
    assertThat(marked.at("metadata.deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(marked.at("metadata.generation")).isEqualTo("2");
    var shorter = client.delete(NS + "/pods/p", "{\"gracePeriodSeconds\":5}");
    assertThat(shorter.at("metadata.deletionGracePeriodSeconds")).isEqualTo("5");
    var longer = client.delete(NS + "/pods/p", "{\"gracePeriodSeconds\":60}");
    assertThat(longer.at("metadata.deletionGracePeriodSeconds")).isEqualTo("5");
    var forced = client.delete(NS + "/pods/p", "{\"gracePeriodSeconds\":0}");
    assertThat(forced.at("kind")).isEqualTo("Pod");
    assertThat(client.get(NS + "/pods/p").code()).isEqualTo(404);
  }

  @Test
  void whyAPodHadNoNodeIsGoneWhenItIsBound() {
    client.post(NS + "/pods", pod("waits", ""));
    String note = "scheduling.argosy.dev/unschedulable";
    var told =
        client.patch(
            NS + "/pods/waits/status",
            "application/strategic-merge-patch+json",
            "{\"metadata\":{\"annotations\":{\"" + note + "\":\"{}\"}}}");
    assertThat(told.code()).as(told.text()).isEqualTo(200);
    assertThat(client.get(NS + "/pods/waits").text()).contains(note);
    var bound =
        client.post(
            NS + "/pods/waits/binding",
            "{\"metadata\":{\"name\":\"waits\"},\"target\":{\"name\":\"n1\"}}");
    assertThat(bound.code()).as(bound.text()).isEqualTo(201);
    assertThat(client.get(NS + "/pods/waits").text()).doesNotContain("\"annotations\":");
  }

  @Test
  void podSpecsStay() {
    client.post(NS + "/pods", pod("fixed", ""));
    var moved =
        client.patch(
            NS + "/pods/fixed",
            "application/merge-patch+json",
            "{\"spec\":{\"nodeName\":\"elsewhere\"}}");
    assertThat(moved.code()).as(moved.text()).isEqualTo(422);
    var image =
        client.patch(
            NS + "/pods/fixed",
            "application/strategic-merge-patch+json",
            "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"j\"}]}}");
    assertThat(image.code()).as(image.text()).isEqualTo(200);
    assertThat(image.at("spec.containers.0.image")).isEqualTo("j");
  }

  @Test
  void evictionDeletes() {
    client.post(NS + "/pods", pod("ev", ""));
    var evicted =
        client.post(
            NS + "/pods/ev/eviction",
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"ev\"}}");
    assertThat(evicted.code()).as(evicted.text()).isEqualTo(201);
    assertThat(evicted.at("status")).isEqualTo("Success");
    assertThat(client.get(NS + "/pods/ev").code()).isEqualTo(404);
  }

  @Test
  void podsOfAnUnknownAccountAreRefused() {
    var refused = client.post(NS + "/pods", pod("acc", "\"serviceAccountName\":\"nobody\","));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("message")).contains("serviceaccount \"nobody\" not found");
  }
}

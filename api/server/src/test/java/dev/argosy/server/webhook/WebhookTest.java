package dev.argosy.server.webhook;

import static dev.argosy.server.webhook.HookServer.allow;
import static dev.argosy.server.webhook.HookServer.deny;
import static dev.argosy.server.webhook.HookServer.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.server.testing.TestClient.Answer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What admission webhooks are told and what their answers do, seen from outside. */
class WebhookTest extends HookedServer {

  @Test
  void reviewSaysWhatKubernetesSays() throws Exception {
    hooks.review("/see", request -> allow());
    install(validating("see", "/see"));
    Answer made = client.post(MAPS + "?fieldManager=me&fieldValidation=Strict", map("a"));
    assertThat(made.code()).isEqualTo(201);
    JsonNode review = hooks.reviews.getFirst();
    assertThat(hooks.requests).containsExactly("POST /see?timeout=10s");
    assertThat(review.path("apiVersion").asString()).isEqualTo("admission.k8s.io/v1");
    assertThat(review.path("kind").asString()).isEqualTo("AdmissionReview");
    JsonNode request = review.path("request");
    assertThat(request.path("uid").asString()).hasSize(36);
    assertThat(request.path("kind").toString())
        .isEqualTo("{\"group\":\"\",\"version\":\"v1\",\"kind\":\"ConfigMap\"}");
    assertThat(request.path("requestResource").toString())
        .isEqualTo("{\"group\":\"\",\"version\":\"v1\",\"resource\":\"configmaps\"}");
    assertThat(request.path("operation").asString()).isEqualTo("CREATE");
    assertThat(request.path("name").asString()).isEqualTo("a");
    assertThat(request.path("namespace").asString()).isEqualTo("default");
    assertThat(request.path("userInfo").path("username").asString()).isEqualTo("system:admin");
    assertThat(request.path("object").path("data").path("k").asString()).isEqualTo("v");
    assertThat(request.path("object").path("kind").asString()).isEqualTo("ConfigMap");
    assertThat(request.get("oldObject").isNull()).isTrue();
    assertThat(request.path("dryRun").asBoolean()).isFalse();
    assertThat(request.path("options").toString())
        .isEqualTo(
            "{\"kind\":\"CreateOptions\",\"apiVersion\":\"meta.k8s.io/v1\","
                + "\"fieldManager\":\"me\",\"fieldValidation\":\"Strict\"}");
  }

  @Test
  void updateAndDeleteShowTheOldObject() throws Exception {
    hooks.review("/see", request -> allow());
    install(validating("see", "/see"));
    client.post(MAPS, map("a"));
    client.patch(MAPS + "/a", "application/merge-patch+json", "{\"data\":{\"k\":\"w\"}}");
    client.delete(MAPS + "/a?propagationPolicy=Background", "");
    JsonNode update = hooks.reviews.get(1).path("request");
    assertThat(update.path("operation").asString()).isEqualTo("UPDATE");
    assertThat(update.path("object").path("data").path("k").asString()).isEqualTo("w");
    assertThat(update.path("oldObject").path("data").path("k").asString()).isEqualTo("v");
    JsonNode delete = hooks.reviews.getLast().path("request");
    assertThat(delete.path("operation").asString()).isEqualTo("DELETE");
    assertThat(delete.get("object").isNull()).isTrue();
    assertThat(delete.path("oldObject").path("data").path("k").asString()).isEqualTo("w");
    assertThat(delete.path("options").path("kind").asString()).isEqualTo("DeleteOptions");
    assertThat(delete.path("options").path("propagationPolicy").asString()).isEqualTo("Background");
  }

  @Test
  void denialIsWordedAsInKubernetes() throws Exception {
    hooks.review("/deny", request -> deny("not today"));
    install(validating("deny", "/deny"));
    Answer refused = client.post(MAPS, map("a"));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.at("message"))
        .isEqualTo("admission webhook \"deny.example.com\" denied the request: not today");
    assertThat(client.get(MAPS + "/a").code()).isEqualTo(404);
  }

  @Test
  void denialMayChooseCodeAndReason() throws Exception {
    hooks.review(
        "/deny",
        request -> {
          var answer = deny("");
          answer.putObject("status").put("code", 403).put("reason", "Forbidden");
          return answer;
        });
    hooks.review("/mute", request -> Json.object().put("allowed", false));
    install(validating("deny", "/deny"));
    Answer refused = client.post(MAPS, map("a"));
    assertThat(refused.code()).isEqualTo(403);
    assertThat(refused.at("reason")).isEqualTo("Forbidden");
    assertThat(refused.at("message")).endsWith("denied the request: Forbidden");
    client.delete("/clusters/acme" + Hooks.VALIDATING + "/deny", "");
    install(validating("mute", "/mute"));
    assertThat(client.post(MAPS, map("a")).at("message"))
        .isEqualTo("admission webhook \"mute.example.com\" denied the request without explanation");
  }

  @Test
  void patchChangesWhatIsStored() throws Exception {
    hooks.review(
        "/patch",
        request ->
            patch(
                "[{\"op\":\"add\",\"path\":\"/data/added\",\"value\":\"yes\"},"
                    + "{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"by\":\"hook\"}},"
                    + "{\"op\":\"add\",\"path\":\"/nonsense\",\"value\":1},"
                    + "{\"op\":\"add\",\"path\":\"/metadata/uid\",\"value\":\"mine\"}]"));
    install(mutating("patch", "/patch"));
    Answer made = client.post(MAPS, map("a"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("data.added")).isEqualTo("yes");
    assertThat(made.at("metadata.labels.by")).isEqualTo("hook");
    assertThat(made.at("metadata.uid")).hasSize(36);
    assertThat(made.json().has("nonsense")).isFalse();
    assertThat(client.get(MAPS + "/a").json()).isEqualTo(made.json());
  }

  @Test
  void webhooksRunInTheOrderOfTheirNamesAndSeeEachOther() throws Exception {
    hooks.review(
        "/first", r -> patch("[{\"op\":\"add\",\"path\":\"/data/first\",\"value\":\"1\"}]"));
    hooks.review(
        "/second",
        r ->
            r.path("object").path("data").has("first")
                ? patch("[{\"op\":\"add\",\"path\":\"/data/second\",\"value\":\"2\"}]")
                : deny("the first did not run"));
    install(mutating("b", "/second"));
    install(mutating("a", "/first"));
    Answer made = client.post(MAPS, map("x"));
    assertThat(made.at("data.first") + made.at("data.second")).as(made.text()).isEqualTo("12");
  }

  @Test
  void reinvocationShowsTheLastStateToThoseThatAsk() throws Exception {
    hooks.review("/again", r -> allow());
    hooks.review("/once", r -> allow());
    hooks.review(
        "/late",
        r ->
            r.path("object").path("data").has("late")
                ? allow()
                : patch("[{\"op\":\"add\",\"path\":\"/data/late\",\"value\":\"1\"}]"));
    install(mutating("a", "/again").set("reinvocationPolicy", "\"IfNeeded\""));
    install(mutating("b", "/once"));
    install(mutating("c", "/late"));
    assertThat(client.post(MAPS, map("x")).code()).isEqualTo(201);
    assertThat(hooks.requests)
        .containsExactly(
            "POST /again?timeout=10s",
            "POST /once?timeout=10s",
            "POST /late?timeout=10s",
            "POST /again?timeout=10s");
    assertThat(hooks.reviews.getLast().toString()).contains("\"late\"");
  }

  @Test
  void validatingWebhooksAreAskedAtTheSameTime() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    for (String path : List.of("/one", "/two")) {
      hooks.review(
          path,
          r -> {
            both.countDown();
            try {
              return both.await(8, TimeUnit.SECONDS) ? allow() : deny("alone");
            } catch (InterruptedException e) {
              return deny("interrupted");
            }
          });
    }
    install(validating("one", "/one"));
    install(validating("two", "/two"));
    Answer made = client.post(MAPS, map("a"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  @Test
  void warningsReachTheClient() throws Exception {
    hooks.review(
        "/warn",
        r -> {
          var answer = allow();
          answer.putArray("warnings").add("careful");
          return answer;
        });
    install(validating("warn", "/warn"));
    Answer made = client.post(MAPS, map("a"));
    assertThat(made.header("Warning")).isEqualTo("299 - \"careful\"");
  }
}

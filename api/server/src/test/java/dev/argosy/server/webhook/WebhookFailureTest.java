package dev.argosy.server.webhook;

import static dev.argosy.server.webhook.HookServer.allow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Admission webhooks that do not answer, or not as they should. */
class WebhookFailureTest extends HookedServer {

  @Test
  void failurePolicyDecidesWhenTheWebhookIsDown() throws Exception {
    String dead = "https://127.0.0.1:1/x";
    install(Hooks.validating("down").at(dead, hooks.caBundle()));
    Answer refused = client.post(MAPS, map("a"));
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.at("reason")).isEqualTo("InternalError");
    assertThat(refused.at("message"))
        .isEqualTo(
            "Internal error occurred: failed calling webhook \"down.example.com\": failed to call"
                + " webhook: Post \"https://127.0.0.1:1/x?timeout=10s\": dial tcp 127.0.0.1:1:"
                + " connect: connection refused");
    client.delete("/clusters/acme" + Hooks.VALIDATING + "/down", "");
    install(
        Hooks.validating("down2").at(dead, hooks.caBundle()).set("failurePolicy", "\"Ignore\""));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(201);
  }

  @Test
  void slowWebhookIsGivenUp() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    hooks.review(
        "/slow",
        r -> {
          try {
            over.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return allow();
        });
    install(validating("slow", "/slow").set("timeoutSeconds", "1"));
    try {
      Answer refused = client.post(MAPS, map("a"));
      assertThat(refused.code()).isEqualTo(500);
      assertThat(refused.at("message"))
          .contains("/slow?timeout=1s")
          .endsWith("context deadline exceeded");
    } finally {
      over.countDown();
    }
  }

  @Test
  void strangeAnswersAreFailures() throws Exception {
    hooks.raw("/text", r -> "hello");
    hooks.raw(
        "/empty", r -> "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}");
    hooks.review("/uid", r -> allow().put("uid", "other"));
    hooks.raw(
        "/kind",
        r ->
            "{\"response\":{\"allowed\":true,\"uid\":\""
                + r.path("request").path("uid").asString()
                + "\"}}");
    hooks.review("/type", r -> allow().put("patch", "W10="));
    hooks.code("/code", 500, r -> "broken");
    hooks.code("/moved", 307, r -> "");
    Map<String, String> expected =
        Map.of(
            "/text", "json parse error",
            "/empty", "received invalid webhook response: webhook response was absent",
            "/uid", "expected response.uid=",
            "/kind", "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview",
            "/type", "webhook returned response.patch but not response.patchType",
            "/code",
                "an error on the server (\"broken\") has prevented the request from succeeding",
            "/moved", "307");
    for (var one : expected.entrySet()) {
      String name = one.getKey().substring(1);
      install(mutating(name, one.getKey()));
      Answer refused = client.post(MAPS, map("a"));
      assertThat(refused.code()).as(one.getKey()).isEqualTo(500);
      assertThat(refused.at("message"))
          .startsWith(
              "Internal error occurred: failed calling webhook \"" + name + ".example.com\"")
          .contains(one.getValue());
      client.delete("/clusters/acme" + Hooks.MUTATING + "/" + name, "");
    }
    assertThat(hooks.requests).noneMatch(request -> request.contains("elsewhere"));
  }

  @Test
  void unknownAuthorityIsTold() throws Exception {
    hooks.review("/see", r -> allow());
    Path other = Files.createDirectory(folder.resolve("other"));
    try (HookServer stranger = new HookServer(other)) {
      install(Hooks.validating("see").at(hooks.url("/see"), stranger.caBundle()));
      assertThat(client.post(MAPS, map("a")).at("message"))
          .endsWith("x509: certificate signed by unknown authority");
    }
  }

  @Test
  void tenantsDoNotReachThePlatformsOwnAddresses() throws Exception {
    hooks.review("/see", r -> allow());
    try (TestServer strict = TestServer.start()) {
      TestClient own = new TestClient(strict.server.localUri(), FakeAccess.ADMIN_TOKEN);
      for (String host :
          List.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1")) {
        Hooks hook = Hooks.validating("inside").at("https://" + host + ":9/x", hooks.caBundle());
        assertThat(own.post("/clusters/acme" + Hooks.VALIDATING, hook.toString()).code())
            .isEqualTo(201);
        long deadline = System.nanoTime() + 10_000_000_000L;
        Answer refused = own.post(MAPS, map("a"));
        while (refused.code() == 201 && System.nanoTime() < deadline) {
          own.delete(MAPS + "/a", "");
          refused = own.post(MAPS, map("a"));
        }
        assertThat(refused.at("message"))
            .as(host)
            .endsWith("the platform does not let clusters of tenants reach this address");
        own.delete("/clusters/acme" + Hooks.VALIDATING + "/inside", "");
      }
    }
    assertThat(hooks.requests).isEmpty();
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.aggregate.ExtensionServer;
import dev.argosy.server.aggregate.ExtensionServer.Got;
import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.AddressPolicy;
import dev.argosy.server.dial.EndpointDialer;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestStream;
import dev.argosy.server.tunnel.NodeTunnels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests for group versions that a tenant's own API server serves. */
@Timeout(90)
@SuppressWarnings("NullAway") // everything is set before the first test
class AggregationTest {

  private static final String V1 = "/apis/wardle.example/v1";
  private static final String FLUNDERS = V1 + "/namespaces/default/flunders";
  private static final String ACME = "/clusters/acme";

  @TempDir Path folder;
  private AggregationRig rig;
  private ExtensionServer extension;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregationRig();
    extension = rig.extension(folder.resolve("acme"), "acme");
    extension.json(
        V1, got -> "{\"kind\":\"APIResourceList\",\"groupVersion\":\"wardle.example/v1\"}");
    rig.service("acme");
  }

  @AfterEach
  void stop() {
    rig.close();
    extension.close();
  }

  private void registered() throws Exception {
    rig.register("acme", "v1", extension.caBundle());
    rig.awaitCondition("acme", "v1", "True Passed: all checks passed");
    AggregationRig.await(
        () -> rig.client.get(ACME + V1).code() == 200, () -> rig.client.get(ACME + V1).text());
  }

  @Test
  void requestsAreLedOnUnderTheUsersName() throws Exception {
    extension.json(FLUNDERS, got -> "{\"kind\":\"Flunder\",\"was\":" + got.body() + "}");
    registered();
    rig.server.access.token(
        "dev",
        new UserInfo("dévi", "u-1", List.of("eng", "ops"), Map.of("acme.io/tier", List.of("a"))),
        "acme");
    rig.server.access.allow(attributes -> attributes.resource().equals("flunders"));
    Answer answer =
        rig.client
            .as("dev")
            .post(
                ACME + FLUNDERS + "?dryRun=All&fieldManager=a%20b",
                "{\"n\":1}",
                "X-Remote-User",
                "root",
                "X-Remote-Group",
                "system:masters",
                "x_remote_user",
                "root",
                "X-Remote-Extra-Scopes",
                "all",
                "X-Forwarded-For",
                "203.0.113.1",
                "Cookie",
                "session=secret",
                "Accept",
                "application/json");
    assertThat(answer.code()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("was.n")).isEqualTo("1");
    Got got = extension.at(FLUNDERS).getFirst();
    assertThat(got.method()).isEqualTo("POST");
    assertThat(got.target()).isEqualTo(FLUNDERS + "?dryRun=All&fieldManager=a%20b");
    assertThat(got.headers().get("X-Remote-User"))
        .containsExactly(
            new String("dévi".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    assertThat(got.headers().get("X-Remote-Group"))
        .contains("eng", "ops")
        .doesNotContain("system:masters");
    assertThat(got.header("X-Remote-Uid")).isEqualTo("u-1");
    assertThat(got.header("X-Remote-Extra-Acme.io%2Ftier")).isEqualTo("a");
    assertThat(got.headers().keySet())
        .doesNotContain("Authorization", "Cookie", "X_remote_user", "X-Remote-Extra-Scopes");
    assertThat(got.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(got.header("Host")).isEqualTo("api.default.svc:443");
    assertThat(got.header("Audit-ID")).isEqualTo(answer.header("Audit-Id"));
  }

  @Test
  void whoMayNotIsNotLedOn() throws Exception {
    registered();
    rig.server.access.token("dev", "dev", "acme");
    assertThat(rig.client.as("dev").get(ACME + FLUNDERS).code()).isEqualTo(403);
    assertThat(extension.at(FLUNDERS)).isEmpty();
  }

  @Test
  void aSuspendedTenantsServersAreReadOnly() throws Exception {
    extension.json(FLUNDERS, got -> "{}");
    registered();
    rig.server.access.token("dev", "dev", "acme");
    rig.server.access.allow(
        asked -> asked.user().name().equals("dev") && asked.cluster().equals("acme"));
    rig.server.clusters.put("acme", Phase.SUSPENDED, Set.of("default"));
    TestClient dev = rig.client.as("dev");
    for (Answer refused :
        List.of(
            dev.post(ACME + FLUNDERS, "{}"),
            dev.put(ACME + FLUNDERS + "/x", "{}"),
            dev.patch(ACME + FLUNDERS + "/x", "application/merge-patch+json", "{}"),
            dev.delete(ACME + FLUNDERS + "/x", ""),
            dev.delete(ACME + FLUNDERS, ""))) {
      assertThat(refused.code()).as(refused.text()).isEqualTo(403);
      assertThat(refused.at("reason")).isEqualTo("Forbidden");
      assertThat(refused.at("message"))
          .startsWith("flunders.wardle.example")
          .endsWith(
              "is forbidden: tenant acme is suspended: only the platform's administrators may"
                  + " change it");
    }
    assertThat(dev.post(ACME + V1, "{}").code()).isEqualTo(403);
    assertThat(extension.requests).noneMatch(got -> !got.method().equals("GET"));
    assertThat(dev.get(ACME + FLUNDERS).code()).isEqualTo(200);
    assertThat(rig.client.post(ACME + FLUNDERS, "{}").code()).isEqualTo(200);
    rig.server.clusters.put("acme", Phase.ACTIVE, Set.of("default"));
    assertThat(dev.post(ACME + FLUNDERS, "{}").code()).isEqualTo(200);
  }

  @Test
  void whoActsAsAnotherIsTheOther() throws Exception {
    extension.json(FLUNDERS, got -> "{}");
    registered();
    rig.client.get(ACME + FLUNDERS, "Impersonate-User", "other", "Impersonate-Group", "some");
    rig.server.access.allow(attributes -> attributes.user().name().equals("other"));
    assertThat(
            rig.client
                .get(ACME + FLUNDERS, "Impersonate-User", "other", "Impersonate-Group", "some")
                .code())
        .isEqualTo(200);
    Got got = extension.at(FLUNDERS).getLast();
    assertThat(got.header("X-Remote-User")).isEqualTo("other");
    assertThat(got.headers().keySet()).noneMatch(name -> name.startsWith("Impersonate"));
  }

  @Test
  void watchesComeAsTheyHappen() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    extension.raw(
        FLUNDERS,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          exchange
              .getResponseBody()
              .write("{\"type\":\"ADDED\"}\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          try {
            second.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange
              .getResponseBody()
              .write("{\"type\":\"DELETED\"}\n".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    registered();
    try (TestStream stream = rig.client.stream(ACME + FLUNDERS + "?watch=1&timeoutSeconds=30")) {
      assertThat(stream.next().orElseThrow().path("type").asString("")).isEqualTo("ADDED");
      second.countDown();
      assertThat(stream.next().orElseThrow().path("type").asString("")).isEqualTo("DELETED");
    }
  }

  @Test
  void answersOfAllKindsComeBackAsTheyAre() throws Exception {
    extension.raw(
        FLUNDERS, x -> ExtensionServer.send(x, 409, "application/json", "{\"kind\":\"Status\"}"));
    extension.raw(
        FLUNDERS + "/a",
        x -> {
          x.getResponseHeaders().set("Set-Cookie", "session=mine");
          x.getResponseHeaders().set("Warning", "299 - \"old\"");
          x.getResponseHeaders().set("ETag", "\"7\"");
          ExtensionServer.send(x, 200, "application/vnd.kubernetes.protobuf", "k8s");
        });
    registered();
    assertThat(rig.client.get(ACME + FLUNDERS).code()).isEqualTo(409);
    Answer answer = rig.client.get(ACME + FLUNDERS + "/a");
    assertThat(answer.text()).isEqualTo("k8s");
    assertThat(answer.header("Content-Type")).isEqualTo("application/vnd.kubernetes.protobuf");
    assertThat(answer.header("Warning")).isEqualTo("299 - \"old\"");
    assertThat(answer.header("ETag")).isEqualTo("\"7\"");
    assertThat(answer.header("Set-Cookie")).isEmpty();
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(rig.client.get(ACME + FLUNDERS + "/b").text()).isEqualTo("404 page not found");
  }

  @Test
  void redirectsLeadNowhere() throws Exception {
    extension.raw(
        FLUNDERS,
        x -> {
          x.getResponseHeaders().set("Location", "https://127.0.0.1:1/elsewhere");
          ExtensionServer.send(x, 307, "text/plain", "");
        });
    registered();
    Answer answer = rig.client.get(ACME + FLUNDERS);
    assertThat(answer.code()).isEqualTo(502);
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.text())
        .isEqualTo("the backend attempted to redirect this request, which is not permitted");
  }

  @Test
  void whatIsMissingIsNamed() throws Exception {
    rig.made(
        ACME + AggregationRig.REGISTRATIONS,
        AggregationRig.registration("v1", extension.caBundle()).replace("\"api\"", "\"none\""));
    rig.awaitCondition(
        "acme", "v1", "False ServiceNotFound: service/none in \"default\" is not present");
    Answer answer = rig.client.get(ACME + FLUNDERS);
    assertThat(answer.code()).isEqualTo(503);
    assertThat(answer.at("message")).isEqualTo("service unavailable");
    assertThat(rig.client.get(ACME + "/apis").code()).isEqualTo(200);
    rig.made(
        ACME + "/api/v1/namespaces/default/services",
        "{\"metadata\":{\"name\":\"none\"},\"spec\":{\"ports\":[{\"port\":8443}]}}");
    rig.awaitCondition(
        "acme",
        "v1",
        "False ServicePortError: service/none in \"default\" is not listening on port 443");
    rig.client.patch(
        ACME + "/api/v1/namespaces/default/services/none",
        "application/merge-patch+json",
        "{\"spec\":{\"ports\":[{\"port\":443}]}}");
    rig.awaitCondition(
        "acme",
        "v1",
        "False EndpointsNotFound: cannot find endpointslices for service/none in \"default\"");
  }

  @Test
  void aServerThatCannotProveItsNameIsNotSpokenTo() throws Exception {
    try (ExtensionServer other = rig.extension(folder.resolve("other"), "acme")) {
      rig.register("acme", "v1", extension.caBundle());
      rig.awaitCondition("acme", "v1", "False FailedDiscoveryCheck");
      assertThat(rig.condition("acme", "v1"))
          .contains(
              "tls: failed to verify certificate: x509: certificate signed by unknown authority");
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void whoDoesNotAskForProofGetsNone() throws Exception {
    extension.json(FLUNDERS, got -> "{}");
    rig.register("acme", "v1", "");
    rig.awaitCondition("acme", "v1", "True Passed");
  }

  @Test
  void oneTenantsIdentityIsNothingToAnothersServer() throws Exception {
    rig.service("globex");
    rig.ports.put("globex/api", extension.port());
    rig.register("globex", "v1", "");
    rig.awaitCondition("globex", "v1", "False FailedDiscoveryCheck");
    assertThat(extension.requests).isEmpty();
  }

  @Test
  void twoTenantsHaveServersOfTheirOwn() throws Exception {
    extension.json(FLUNDERS, got -> "{\"of\":\"acme\"}");
    registered();
    rig.service("globex");
    assertThat(rig.client.get("/clusters/globex" + FLUNDERS).code()).isEqualTo(404);
    try (ExtensionServer other = rig.extension(folder.resolve("globex"), "globex")) {
      other.json(V1, got -> "{\"kind\":\"APIResourceList\"}");
      other.json(FLUNDERS, got -> "{\"of\":\"globex\"}");
      rig.register("globex", "v1", other.caBundle());
      rig.awaitCondition("globex", "v1", "True Passed");
      AggregationRig.await(
          () -> rig.client.get("/clusters/globex" + FLUNDERS).at("of").equals("globex"),
          () -> rig.client.get("/clusters/globex" + FLUNDERS).text());
      assertThat(rig.client.get(ACME + FLUNDERS).at("of")).isEqualTo("acme");
    }
  }

  @Test
  void groupsOfKubernetesCannotBeTakenOver() throws Exception {
    String taken =
        AggregationRig.registration("v7", extension.caBundle()).replace("wardle.example", "apps");
    Answer refused = rig.client.post(ACME + AggregationRig.REGISTRATIONS, taken);
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.at("message"))
        .isEqualTo(
            "APIService.apiregistration.k8s.io \"v7.apps\" is invalid: spec.service: Forbidden: the"
                + " group \"apps\" belongs to the platform and cannot be served by others");
    Answer changed =
        rig.client.patch(
            ACME + AggregationRig.REGISTRATIONS + "/v1.apps",
            "application/merge-patch+json",
            "{\"spec\":{\"insecureSkipTLSVerify\":true,"
                + "\"service\":{\"namespace\":\"default\",\"name\":\"api\"}}}");
    assertThat(changed.code()).as(changed.text()).isEqualTo(422);
  }

  @Test
  void addressesOfThePlatformAreNotReached() throws Exception {
    rig.dialer.set(
        new EndpointDialer(
            rig.server.caches, new NodeTunnels(), new AddressDialer(new AddressPolicy(List.of()))));
    rig.made(
        ACME + "/api/v1/namespaces/default/services",
        "{\"metadata\":{\"name\":\"out\"},\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"localhost\"}}");
    rig.made(
        ACME + AggregationRig.REGISTRATIONS,
        AggregationRig.registration("v1", "").replace("\"api\"", "\"out\""));
    rig.awaitCondition("acme", "v1", "False FailedDiscoveryCheck");
    assertThat(rig.condition("acme", "v1"))
        .contains("the platform does not let clusters of tenants reach this address");
  }

  @Test
  void pathsMeanWhatWasAuthorized() throws Exception {
    registered();
    extension.json(FLUNDERS + "/a%20b", got -> "{\"ok\":\"yes\"}");
    assertThat(
            rig.client
                .get(ACME + "/apis//wardle.example/v1/namespaces/default/flunders/a%20b")
                .at("ok"))
        .isEqualTo("yes");
    Answer up = rig.client.get(ACME + FLUNDERS + "/%2e%2e/secrets");
    assertThat(up.code()).isEqualTo(400);
  }

  @Test
  void longBodiesPass() throws Exception {
    extension.json(FLUNDERS, got -> "{\"length\":" + got.body().length() + "}");
    registered();
    String body = "x".repeat(5_000_000);
    assertThat(rig.client.post(ACME + FLUNDERS, body).at("length")).isEqualTo("5000000");
  }

  @Test
  void aClientWithoutBodyOrLengthIsUnderstood() throws Exception {
    extension.json(FLUNDERS + "/a", got -> "{\"body\":\"" + got.body() + "\"}");
    registered();
    TestClient client = rig.client;
    assertThat(client.delete(ACME + FLUNDERS + "/a", "").at("body")).isEmpty();
    assertThat(extension.at(FLUNDERS + "/a").getLast().method()).isEqualTo("DELETE");
  }
}

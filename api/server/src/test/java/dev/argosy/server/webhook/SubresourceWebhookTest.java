package dev.argosy.server.webhook;

import static dev.argosy.server.webhook.HookServer.allow;
import static dev.argosy.server.webhook.HookServer.deny;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What webhooks see of subresources: their own kinds, and one request for each post. */
@Timeout(60)
class SubresourceWebhookTest {

  private static final String PODS = "/clusters/acme/api/v1/namespaces/default/pods";

  @TempDir Path folder;
  private HookServer hooks;
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    hooks = new HookServer(folder);
    server =
        TestServer.start(
            Map.of("argosy.api.tenant-addresses", "127.0.0.1"),
            parts ->
                parts.connector(
                    "pods/exec",
                    (info, cluster, user, request, response) -> response.setStatus(204)));
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
    Answer pod =
        client.post(
            PODS,
            "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    assertThat(pod.code()).as(pod.text()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
    hooks.close();
  }

  private void install(String operation, String path) throws Exception {
    Answer made =
        client.post(
            "/clusters/acme" + Hooks.VALIDATING,
            Hooks.validating("sub")
                .at(hooks.url(path), hooks.caBundle())
                .rules(
                    "[{\"operations\":[\"%s\"],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],\"resources\":[\"pods/*\"]}]"
                        .formatted(operation))
                .toString());
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    server
        .caches
        .of(new GroupResource(HookSource.GROUP, "validatingwebhookconfigurations"))
        .awaitRevision(Long.parseLong(made.at("metadata.resourceVersion")), Duration.ofSeconds(10));
  }

  private String seen() {
    return hooks.reviews.stream()
        .map(review -> review.path("request"))
        .map(request ->
            request.path("operation").asString()
                + " "
                + request.path("subResource").asString("")
                + " "
                + request.path("object").path("kind").asString("-"))
        .collect(Collectors.joining(", "));
  }

  @Test
  void connectionsAreAdmitted() throws Exception {
    hooks.review("/deny", r -> deny("no shells"));
    assertThat(client.get(PODS + "/p/exec?command=sh&stdin=true").code()).isEqualTo(204);
    install("CONNECT", "/deny");
    Answer refused = client.get(PODS + "/p/exec?command=sh&command=-c&stdin=true&container=c");
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.at("message")).endsWith("denied the request: no shells");
    JsonNode request = hooks.reviews.getFirst().path("request");
    assertThat(request.path("operation").asString()).isEqualTo("CONNECT");
    assertThat(request.path("name").asString()).isEqualTo("p");
    assertThat(request.path("kind").path("kind").asString()).isEqualTo("PodExecOptions");
    assertThat(request.path("object").toString())
        .isEqualTo(
            "{\"kind\":\"PodExecOptions\",\"apiVersion\":\"v1\",\"stdin\":true,"
                + "\"container\":\"c\",\"command\":[\"sh\",\"-c\"]}");
    assertThat(request.get("options").isNull()).isTrue();
  }

  @Test
  void postsAreSeenOnce() throws Exception {
    hooks.review("/see", r -> allow());
    install("*", "/see");
    Answer bound =
        client.post(
            PODS + "/p/binding",
            "{\"metadata\":{\"name\":\"p\"},\"target\":{\"kind\":\"Node\",\"name\":\"n1\"}}");
    assertThat(bound.code()).as(bound.text()).isEqualTo(201);
    Answer evicted = client.post(PODS + "/p/eviction", "{\"metadata\":{\"name\":\"p\"}}");
    assertThat(evicted.code()).as(evicted.text()).isEqualTo(201);
    assertThat(seen()).isEqualTo("CREATE binding Binding, CREATE eviction Eviction");
  }

  @Test
  void statusIsAnUpdate() throws Exception {
    hooks.review("/see", r -> allow());
    install("*", "/see");
    Answer updated =
        client.patch(
            PODS + "/p/status",
            "application/merge-patch+json",
            "{\"status\":{\"phase\":\"Running\"}}");
    assertThat(updated.code()).as(updated.text()).isEqualTo(200);
    assertThat(seen()).isEqualTo("UPDATE status Pod");
  }

  @Test
  void refusalIsAskedForOnce() throws Exception {
    hooks.review("/deny", r -> deny("no"));
    install("*", "/deny");
    String body = "{\"status\":{\"phase\":\"Running\"}}";
    server.caches.of(new GroupResource("", "pods")).currentSnapshot(Duration.ofSeconds(10));
    assertThat(client.patch(PODS + "/p/status", "application/merge-patch+json", body).code())
        .isEqualTo(400);
    assertThat(hooks.reviews).hasSize(1);
  }
}

package dev.argosy.server.webhook;

import static dev.argosy.server.webhook.HookServer.allow;
import static dev.argosy.server.webhook.HookServer.deny;
import static dev.argosy.server.webhook.HookServer.patch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Admission webhooks over URLs, seen from outside. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";

  @TempDir static Path folder;
  private HookServer hooks;
  private TestServer server;
  private TestClient client;

  @BeforeAll
  void start() throws Exception {
    hooks = new HookServer(folder);
    server = TestServer.start(Map.of("argosy.api.tenant-addresses", "127.0.0.0/8"), parts -> {});
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
  }

  @AfterEach
  void clean() {
    for (String all : List.of(Hooks.VALIDATING, Hooks.MUTATING)) {
      for (JsonNode one : client.get("/clusters/acme" + all).json().path("items")) {
        String name = one.path("metadata").path("name").asString("");
        assertThat(client.delete("/clusters/acme" + all + "/" + name, "").code()).isEqualTo(200);
      }
      String revision = client.get("/clusters/acme" + all).at("metadata.resourceVersion");
      await(all, Long.parseLong(revision));
    }
    client.delete(MAPS, "");
    hooks.forget();
  }

  @AfterAll
  void stop() {
    server.close();
    hooks.close();
  }

  /** Puts a configuration in place, and waits until writes would see it. */
  private void install(Hooks configuration) {
    install("acme", configuration);
  }

  private void install(String cluster, Hooks configuration) {
    String text = configuration.toString();
    String path = text.contains("\"MutatingWeb") ? Hooks.MUTATING : Hooks.VALIDATING;
    Answer made = client.post("/clusters/" + cluster + path, text);
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    await(path, Long.parseLong(made.at("metadata.resourceVersion")));
  }

  private void await(String path, long revision) {
    await(new GroupResource(HookSource.GROUP, path.substring(path.lastIndexOf('/') + 1)), revision);
  }

  private void await(GroupResource resource, long revision) {
    assertThat(server.caches.of(resource).awaitRevision(revision, Duration.ofSeconds(10))).isTrue();
  }

  private Hooks validating(String name, String path) throws Exception {
    return Hooks.validating(name).at(hooks.url(path), hooks.caBundle());
  }

  private Hooks mutating(String name, String path) throws Exception {
    return Hooks.mutating(name).at(hooks.url(path), hooks.caBundle());
  }

  private static String map(String name) {
    return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"v\"}}";
  }

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
  void dryRunNeedsWebhooksWithoutSideEffects() throws Exception {
    hooks.review("/see", r -> allow());
    install(validating("see", "/see").set("sideEffects", "\"NoneOnDryRun\""));
    assertThat(client.post(MAPS + "?dryRun=All", map("a")).code()).isEqualTo(201);
    assertThat(hooks.reviews.getLast().path("request").path("dryRun").asBoolean()).isTrue();
    store(validating("old", "/see").set("sideEffects", "\"Some\""));
    Answer refused = client.post(MAPS + "?dryRun=All", map("a"));
    assertThat(refused.code()).isEqualTo(400);
    assertThat(refused.at("message"))
        .isEqualTo("admission webhook \"old.example.com\" does not support dry run");
  }

  /** Keeps what would be refused today. */
  private void store(Hooks old) {
    var resource = new GroupResource(HookSource.GROUP, "validatingwebhookconfigurations");
    ObjectKey key = new ObjectKey(resource, "acme", "", "old");
    var result =
        server.store.commit(
            List.of(new Change.Create(key, old.toString().getBytes(StandardCharsets.UTF_8))));
    await(resource, ((CommitResult.Committed) result).revision());
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

  @Test
  void selectorsLimitWhatIsSeen() throws Exception {
    hooks.review("/deny", r -> deny("seen"));
    install(
        validating("objects", "/deny")
            .set("objectSelector", "{\"matchLabels\":{\"seen\":\"yes\"}}"));
    install(
        validating("namespaces", "/deny")
            .set("namespaceSelector", "{\"matchLabels\":{\"seen\":\"yes\"}}"));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(201);
    String labelled = "{\"metadata\":{\"name\":\"b\",\"labels\":{\"seen\":\"yes\"}}}";
    assertThat(client.post(MAPS, labelled).at("message")).contains("objects.example.com");
    Answer space =
        client.patch(
            "/clusters/acme/api/v1/namespaces/default",
            "application/merge-patch+json",
            "{\"metadata\":{\"labels\":{\"seen\":\"yes\"}}}");
    assertThat(space.code()).isEqualTo(200);
    await(
        new GroupResource("", "namespaces"), Long.parseLong(space.at("metadata.resourceVersion")));
    assertThat(client.post(MAPS, map("c")).at("message")).contains("namespaces.example.com");
  }

  @Test
  void conditionsLimitWhatIsSeen() throws Exception {
    hooks.review("/deny", r -> deny("seen"));
    install(
        validating("cel", "/deny")
            .set(
                "matchConditions",
                "[{\"name\":\"named\",\"expression\":\"request.name == 'bad'\"},"
                    + "{\"name\":\"data\",\"expression\":\"object.data.k == 'v'\"}]"));
    assertThat(client.post(MAPS, map("good")).code()).isEqualTo(201);
    assertThat(client.post(MAPS, map("bad")).code()).isEqualTo(400);
    Answer failed = client.post(MAPS, "{\"metadata\":{\"name\":\"bad\"}}");
    assertThat(failed.code()).as(failed.text()).isEqualTo(403);
    assertThat(failed.at("message")).contains("no such key: data");
    Answer wrong =
        client.post(
            "/clusters/acme" + Hooks.VALIDATING,
            validating("wrong", "/deny")
                .set("matchConditions", "[{\"name\":\"x\",\"expression\":\"1 +\"}]")
                .toString());
    assertThat(wrong.code()).isEqualTo(422);
    assertThat(wrong.at("message")).contains("webhooks[0].matchConditions[0].expression");
  }

  @Test
  void equivalentVersionsAreConverted() throws Exception {
    hooks.review("/deny", r -> deny(r.path("kind").path("group").asString("")));
    install(
        validating("events", "/deny")
            .rules(
                "[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],"
                    + "\"apiVersions\":[\"v1\"],\"resources\":[\"events\"]}]"));
    String event =
        "{\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"default\"},"
            + "\"reason\":\"R\",\"message\":\"m\",\"type\":\"Normal\"}";
    String events = "/clusters/acme/api/v1/namespaces/default/events";
    assertThat(client.post(events, event).at("message")).endsWith("events.k8s.io");
    JsonNode request = hooks.reviews.getLast().path("request");
    assertThat(request.path("requestKind").path("group").asString("")).isEmpty();
    assertThat(request.path("object").path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
    assertThat(request.path("object").path("note").asString()).isEqualTo("m");
    client.delete("/clusters/acme" + Hooks.VALIDATING + "/events", "");
    install(
        validating("exact", "/deny")
            .set("matchPolicy", "\"Exact\"")
            .rules(
                "[{\"operations\":[\"CREATE\"],\"apiGroups\":[\"events.k8s.io\"],"
                    + "\"apiVersions\":[\"v1\"],\"resources\":[\"events\"]}]"));
    assertThat(client.post(events, event).code()).isEqualTo(201);
  }

  @Test
  void nobodysWebhookSeesWebhookConfigurations() throws Exception {
    hooks.review("/deny", r -> deny("locked out"));
    install(
        validating("all", "/deny")
            .rules(
                "[{\"operations\":[\"*\"],\"apiGroups\":[\"*\"],\"apiVersions\":[\"*\"],"
                    + "\"resources\":[\"*/*\"]}]"));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(400);
    assertThat(client.delete("/clusters/acme" + Hooks.VALIDATING + "/all", "").code())
        .isEqualTo(200);
  }

  @Test
  void scaleIsSeenAsScale() throws Exception {
    String deployments = "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
    client.post(
        deployments,
        "{\"metadata\":{\"name\":\"d\"},\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},"
            + "\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");
    hooks.review(
        "/scale", r -> patch("[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":7}]"));
    install(
        mutating("scale", "/scale")
            .rules(
                "[{\"operations\":[\"UPDATE\"],\"apiGroups\":[\"apps\"],\"apiVersions\":[\"v1\"],"
                    + "\"resources\":[\"deployments/scale\"]}]"));
    Answer scaled =
        client.patch(
            deployments + "/d/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":3}}");
    assertThat(scaled.at("spec.replicas")).as(scaled.text()).isEqualTo("7");
    JsonNode request = hooks.reviews.getFirst().path("request");
    assertThat(request.path("kind").path("kind").asString()).isEqualTo("Scale");
    assertThat(request.path("subResource").asString()).isEqualTo("scale");
    assertThat(request.path("object").path("kind").asString()).isEqualTo("Scale");
  }

  @Test
  void clustersHaveTheirOwnWebhooks() throws Exception {
    hooks.review("/deny", r -> deny("acme only"));
    install(validating("deny", "/deny"));
    assertThat(client.post(MAPS, map("a")).code()).isEqualTo(400);
    assertThat(client.post("/clusters/root/api/v1/namespaces/default/configmaps", map("a")).code())
        .isEqualTo(201);
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

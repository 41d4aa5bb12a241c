package dev.argosy.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a mutating webhook answers, the server stays itself. */
@SuppressWarnings("NullAway") // everything is set before the first test
class AnyPatchProperties {

  private static final String PODS = "/clusters/acme/api/v1/namespaces/default/pods";
  private static final AtomicReference<String> PATCH = new AtomicReference<>("[]");
  private static HookServer hooks;
  private static TestServer server;
  private static TestClient client;

  @BeforeContainer
  static void start() throws Exception {
    hooks = new HookServer(Files.createTempDirectory("webhook"));
    hooks.review("/any", request -> HookServer.patch(PATCH.get()));
    server = TestServer.start(Map.of("argosy.api.tenant-addresses", "127.0.0.1"), parts -> {});
    client = new TestClient(server.server.localUri(), FakeAccess.ADMIN_TOKEN);
    Hooks all =
        Hooks.mutating("any")
            .at(hooks.url("/any"), hooks.caBundle())
            .rules(
                "[{\"operations\":[\"CREATE\",\"UPDATE\"],\"apiGroups\":[\"\"],"
                    + "\"apiVersions\":[\"v1\"],\"resources\":[\"pods\",\"pods/*\"]}]");
    Answer made = client.post("/clusters/acme" + Hooks.MUTATING, all.toString());
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    server
        .caches
        .of(new GroupResource(HookSource.GROUP, "mutatingwebhookconfigurations"))
        .awaitRevision(Long.parseLong(made.at("metadata.resourceVersion")), Duration.ofSeconds(10));
  }

  @AfterContainer
  static void stop() {
    server.close();
    hooks.close();
  }

  @Property(tries = 150)
  void anyPatchIsAppliedOrRefused(@ForAll("patches") String patch) {
    PATCH.set("[]");
    Answer first =
        client.post(
            PODS,
            "{\"metadata\":{\"name\":\"old\",\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":["
                + "{\"name\":\"c\",\"image\":\"i\"}]}}");
    assertThat(first.code()).as(first.text()).isEqualTo(201);
    PATCH.set(patch);
    check(
        client.post(
            PODS,
            "{\"metadata\":{\"name\":\"new\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"));
    Answer changed =
        client.patch(
            PODS + "/old",
            "application/merge-patch+json",
            "{\"metadata\":{\"labels\":{\"a\":\"c\"}}}");
    check(changed);
    assertThat(client.get(PODS + "/old").at("metadata.uid")).isEqualTo(first.at("metadata.uid"));
    PATCH.set("[]");
    assertThat(client.delete(PODS + "?gracePeriodSeconds=0", "").code()).isEqualTo(200);
  }

  private static void check(Answer answer) {
    if (answer.code() >= 500) {
      assertThat(answer.code()).as(answer.text()).isEqualTo(500);
      assertThat(answer.at("message")).startsWith("Internal error occurred: ");
    } else if (answer.code() < 300) {
      assertThat(answer.at("kind")).isEqualTo("Pod");
      assertThat(answer.at("metadata.namespace")).isEqualTo("default");
    } else {
      assertThat(answer.code()).as(answer.text()).isIn(400, 403, 404, 409, 422);
    }
  }

  @Provide
  Arbitrary<String> patches() {
    Arbitrary<String> ops =
        Arbitraries.of("add", "add", "replace", "remove", "copy", "move", "test", "nonsense");
    Arbitrary<String> paths =
        Arbitraries.of(
            "",
            "/",
            "/metadata",
            "/metadata/name",
            "/metadata/namespace",
            "/metadata/uid",
            "/metadata/labels",
            "/metadata/finalizers",
            "/metadata/deletionTimestamp",
            "/metadata/resourceVersion",
            "/metadata/managedFields",
            "/kind",
            "/apiVersion",
            "/spec",
            "/spec/containers",
            "/spec/containers/0",
            "/spec/containers/-",
            "/spec/containers/9",
            "/spec/nodeName",
            "/status",
            "/status/phase",
            "nowhere");
    Arbitrary<String> values =
        Arbitraries.of(
            "null",
            "1",
            "true",
            "\"x\"",
            "\"\"",
            "[]",
            "{}",
            "[1]",
            "[{}]",
            "[null]",
            "{\"name\":\"x\"}",
            "{\"a\":{\"b\":[]}}",
            "1e400",
            "\"2026-01-01T00:00:00Z\"");
    Arbitrary<String> operation =
        Combinators.combine(ops, paths, paths, values)
            .as((op, path, from, value) ->
                "{\"op\":\"%s\",\"path\":\"%s\",\"from\":\"%s\",\"value\":%s}"
                    .formatted(op, path, from, value));
    Arbitrary<String> lists =
        operation.list().ofMinSize(1).ofMaxSize(4).map(all -> "[" + String.join(",", all) + "]");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(9, lists),
        net.jqwik.api.Tuple.of(
            1, Arbitraries.of("{}", "null", "x", "[", "[1]", "\"\"", "[{\"op\":\"add\"}]")));
  }
}

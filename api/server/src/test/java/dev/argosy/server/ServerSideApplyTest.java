package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Server-side apply over HTTP, and who owns what after other writes. */
class ServerSideApplyTest {

  private static final String APPLY = "application/apply-patch+yaml";
  private static final String MERGE = "application/merge-patch+json";
  private static final String NS = "/clusters/acme/api/v1/namespaces/default";
  private static final String MAPS = NS + "/configmaps";
  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
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

  private static String map(String name, String data) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata: {" + data + "}";
  }

  private static String deployment(String name, String spec) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: "
        + name
        + "}\nspec:\n  selector: {matchLabels: {a: b}}\n"
        + spec
        + "  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n"
        + "      - {name: c, image: i}\n";
  }

  private static Answer apply(String path, String query, String body) {
    return client.patch(path + "?" + query, APPLY, body);
  }

  private static JsonNode entry(Answer answer, String manager) {
    for (JsonNode entry : answer.json().path("metadata").path("managedFields")) {
      if (entry.path("manager").asString("").equals(manager)) {
        return entry;
      }
    }
    return Json.object();
  }

  /** As the controllers of a namespace and who applies it with all that is in it. */
  @Test
  void whoComesSecondToANewNameChangesWhatIsThere() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        String name = "raced-" + round;
        List<Future<Integer>> codes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          String manager = "fieldManager=m" + i;
          codes.add(
              threads.submit(() -> apply(MAPS + "/" + name, manager, map(name, "a: b")).code()));
        }
        int made = 0;
        for (Future<Integer> code : codes) {
          assertThat(code.get()).isIn(200, 201);
          made += code.get() == 201 ? 1 : 0;
        }
        assertThat(made).isEqualTo(1);
      }
    }
  }

  /** Operators apply so what they must not change if it is there. */
  @Test
  void aVersionThatCannotBeCreatesAndNeverChanges() {
    String body = map("once", "x: a").replace("{name: once", "{resourceVersion: \"1\", name: once");
    assertThat(apply(MAPS + "/once", "fieldManager=me", body).code()).isEqualTo(201);
    assertThat(apply(MAPS + "/once", "fieldManager=me", body).code()).isEqualTo(409);
  }

  @Test
  void appliesCreateAndThenChange() {
    Answer made = apply(MAPS + "/new", "fieldManager=me", map("new", "x: a"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(entry(made, "me").path("operation").asString()).isEqualTo("Apply");
    assertThat(entry(made, "me").path("fieldsV1").toString())
        .isEqualTo("{\"f:data\":{\"f:x\":{}}}");
    Answer changed = apply(MAPS + "/new", "fieldManager=me", map("new", "y: b"));
    assertThat(changed.code()).isEqualTo(200);
    assertThat(changed.json().path("data").toString()).isEqualTo("{\"y\":\"b\"}");
    assertThat(changed.at("metadata.uid")).isEqualTo(made.at("metadata.uid"));
    Answer again = apply(MAPS + "/new", "fieldManager=me", map("new", "y: b"));
    assertThat(again.at("metadata.resourceVersion"))
        .isEqualTo(changed.at("metadata.resourceVersion"));
  }

  @Test
  void theNameOfWhatIsThereIsInTheUrl() {
    String nameless = "apiVersion: v1\nkind: ConfigMap\ndata: {x: b}";
    Answer none = apply(MAPS + "/named", "fieldManager=me", nameless);
    assertThat(none.code()).isEqualTo(400);
    assertThat(none.at("message"))
        .isEqualTo(
            "the name of the object (named based on URL) was undeterminable: name must be"
                + " provided");
    Answer made = apply(MAPS + "/named", "fieldManager=me", map("named", "x: a"));
    Answer changed = apply(MAPS + "/named", "fieldManager=me", nameless);
    assertThat(changed.code()).as(changed.text()).isEqualTo(200);
    assertThat(changed.at("metadata.name")).isEqualTo("named");
    assertThat(changed.at("metadata.uid")).isEqualTo(made.at("metadata.uid"));
    assertThat(changed.at("data.x")).isEqualTo("b");
    Answer other = apply(MAPS + "/named", "fieldManager=me", map("other", "x: a"));
    assertThat(other.code()).isEqualTo(400);
    assertThat(other.at("message"))
        .isEqualTo("the name of the object (other) does not match the name on the URL (named)");
  }

  @Test
  void conflictsAreToldUnlessForced() {
    apply(MAPS + "/fight", "fieldManager=one", map("fight", "x: a"));
    Answer refused = apply(MAPS + "/fight", "fieldManager=two", map("fight", "x: b"));
    assertThat(refused.code()).isEqualTo(409);
    assertThat(refused.at("reason")).isEqualTo("Conflict");
    assertThat(refused.at("message"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .data.x");
    assertThat(refused.json().path("details").path("causes").toString())
        .isEqualTo(
            "[{\"reason\":\"FieldManagerConflict\",\"message\":\"conflict with \\\"one\\\"\","
                + "\"field\":\".data.x\"}]");
    Answer forced = apply(MAPS + "/fight", "fieldManager=two&force=true", map("fight", "x: b"));
    assertThat(forced.code()).isEqualTo(200);
    assertThat(entry(forced, "one").isEmpty()).isTrue();
  }

  @Test
  void theQueryIsChecked() {
    Answer unnamed = apply(MAPS + "/q", "", map("q", ""));
    assertThat(unnamed.code()).isEqualTo(422);
    assertThat(unnamed.at("message"))
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                + " for apply patch");
    Answer forced = client.patch(MAPS + "/q?force=true", MERGE, "{}");
    assertThat(forced.at("message"))
        .isEqualTo(
            "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                + " non-apply patch");
    Answer strange = client.post(MAPS + "?fieldManager=a%07b", "{\"metadata\":{\"name\":\"q\"}}");
    assertThat(strange.code()).isEqualTo(422);
    assertThat(strange.at("message")).contains("invalid character U+0007 (at position 1)");
    Answer tooLong =
        client.post(MAPS + "?fieldManager=" + "a".repeat(129), "{\"metadata\":{\"name\":\"q\"}}");
    assertThat(tooLong.at("message")).contains("may not be more than 128 bytes");
    Answer cbor = client.patch(MAPS + "/q?fieldManager=a", "application/apply-patch+cbor", "x");
    assertThat(cbor.code()).isEqualTo(415);
  }

  @Test
  void configurationsMustBeOfTheObject() {
    String path = MAPS + "/self";
    assertThat(apply(path, "fieldManager=a", map("other", "")).code()).isEqualTo(400);
    assertThat(apply(path, "fieldManager=a", "{data: {a: b}}").at("message"))
        .isEqualTo("invalid object type: /, Kind=");
    assertThat(apply(path, "fieldManager=a", map("self", "") + "\nnope: 1").at("message"))
        .isEqualTo(
            "failed to create typed patch object (self; v1, Kind=ConfigMap): .nope: field not"
                + " declared in schema");
    Answer uid =
        apply(
            path,
            "fieldManager=a",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: self, uid: u}}");
    assertThat(uid.code()).isEqualTo(409);
    assertThat(uid.at("message")).contains("uid mismatch: the provided object specified uid u");
    assertThat(client.get(path).code()).isEqualTo(404);
  }

  @Test
  void writersAreKnownByTheirProgram() {
    Answer made =
        client.post(
            MAPS,
            "{\"metadata\":{\"name\":\"ua\"},\"data\":{\"x\":\"1\"}}",
            "User-Agent",
            "kubectl/v1.35.0 (linux/amd64)");
    assertThat(entry(made, "kubectl").path("operation").asString()).isEqualTo("Update");
    Answer named = client.patch(MAPS + "/ua?fieldManager=named", MERGE, "{\"data\":{\"x\":\"2\"}}");
    assertThat(entry(named, "kubectl").path("fieldsV1").toString()).isEqualTo("{\"f:data\":{}}");
    assertThat(entry(named, "named").path("fieldsV1").toString())
        .isEqualTo("{\"f:data\":{\"f:x\":{}}}");
  }

  @Test
  void statusIsAppliedApart() {
    apply(DEPLOYMENTS + "/st", "fieldManager=user", deployment("st", ""));
    Answer status =
        apply(
            DEPLOYMENTS + "/st/status",
            "fieldManager=ctl",
            deployment("st", "  replicas: 9\n") + "status: {replicas: 3}");
    assertThat(status.code()).as(status.text()).isEqualTo(200);
    assertThat(status.at("status.replicas")).isEqualTo("3");
    assertThat(status.at("spec.replicas")).isEqualTo("1");
    assertThat(entry(status, "ctl").path("subresource").asString()).isEqualTo("status");
    assertThat(entry(status, "ctl").path("fieldsV1").toString())
        .isEqualTo("{\"f:status\":{\"f:replicas\":{}}}");
    Answer main =
        apply(
            DEPLOYMENTS + "/st",
            "fieldManager=user",
            deployment("st", "") + "status: {replicas: 7}");
    assertThat(main.at("status.replicas")).isEqualTo("3");
    assertThat(entry(main, "user").path("fieldsV1").has("f:status")).isFalse();
  }

  @Test
  void scalesOwnReplicas() {
    apply(DEPLOYMENTS + "/sc", "fieldManager=user", deployment("sc", "  replicas: 2\n"));
    String scale =
        "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: sc}, spec: {replicas: 5}}";
    Answer refused = apply(DEPLOYMENTS + "/sc/scale", "fieldManager=hpa", scale);
    assertThat(refused.code()).as(refused.text()).isEqualTo(409);
    assertThat(refused.at("message")).endsWith("conflict with \"user\": .spec.replicas");
    Answer forced = apply(DEPLOYMENTS + "/sc/scale", "fieldManager=hpa&force=true", scale);
    assertThat(forced.code()).as(forced.text()).isEqualTo(200);
    assertThat(forced.at("spec.replicas")).isEqualTo("5");
    Answer workload = client.get(DEPLOYMENTS + "/sc");
    assertThat(entry(workload, "hpa").toString())
        .contains("\"apiVersion\":\"apps/v1\"", "\"subresource\":\"scale\"")
        .contains("\"fieldsV1\":{\"f:spec\":{\"f:replicas\":{}}}");
    Answer again = apply(DEPLOYMENTS + "/sc", "fieldManager=user", deployment("sc", ""));
    assertThat(again.at("spec.replicas")).isEqualTo("5");
    Answer put =
        client.patch(
            DEPLOYMENTS + "/sc/scale?fieldManager=cli", MERGE, "{\"spec\":{\"replicas\":6}}");
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    Answer taken = client.get(DEPLOYMENTS + "/sc");
    assertThat(entry(taken, "hpa").isEmpty()).isTrue();
    assertThat(entry(taken, "cli").path("subresource").asString()).isEqualTo("scale");
  }

  @Test
  void dryRunsKeepNothing() {
    Answer made = apply(MAPS + "/dry", "fieldManager=a&dryRun=All", map("dry", "x: a"));
    assertThat(made.code()).isEqualTo(201);
    assertThat(client.get(MAPS + "/dry").code()).isEqualTo(404);
    apply(MAPS + "/dry", "fieldManager=a", map("dry", "x: a"));
    Answer changed = apply(MAPS + "/dry", "fieldManager=a&dryRun=All", map("dry", "x: b"));
    assertThat(changed.at("data.x")).isEqualTo("b");
    assertThat(client.get(MAPS + "/dry").at("data.x")).isEqualTo("a");
  }

  @Test
  void clearedEntriesStayClearedUntilTheNextApply() {
    apply(MAPS + "/clear", "fieldManager=a", map("clear", "x: a"));
    Answer cleared =
        client.patch(
            MAPS + "/clear",
            "application/json-patch+json",
            "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{}]}]");
    assertThat(cleared.json().path("metadata").has("managedFields")).isFalse();
    client.patch(MAPS + "/clear", MERGE, "{\"data\":{\"z\":\"1\"}}");
    Answer back = apply(MAPS + "/clear", "fieldManager=a", map("clear", "x: a"));
    assertThat(entry(back, "before-first-apply").path("fieldsV1").toString())
        .isEqualTo("{\"f:data\":{\".\":{},\"f:x\":{},\"f:z\":{}}}");
  }

  /** What kubectl and Helm do to make a client-side owner a server-side one. */
  @Test
  void entriesCanBeMovedByAPatch() {
    client.post(
        MAPS + "?fieldManager=kubectl-client-side-apply",
        "{\"metadata\":{\"name\":\"csa\"},\"data\":{\"x\":\"1\",\"y\":\"1\"}}");
    Answer moved =
        client.patch(
            MAPS + "/csa",
            "application/json-patch+json",
            "[{\"op\":\"replace\",\"path\":\"/metadata/managedFields\",\"value\":[{\"manager\":"
                + "\"kubectl\",\"operation\":\"Apply\",\"apiVersion\":\"v1\",\"time\":"
                + "\"2026-01-01T00:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":{\"f:data\":"
                + "{\".\":{},\"f:x\":{},\"f:y\":{}}}}]}]");
    assertThat(moved.json().path("metadata").path("managedFields")).hasSize(1);
    Answer applied = apply(MAPS + "/csa", "fieldManager=kubectl", map("csa", "x: \"1\""));
    assertThat(applied.json().path("data").toString()).isEqualTo("{\"x\":\"1\"}");
  }

  @Test
  void whatTheSystemAddsIsNobodys() {
    Answer pod =
        client.post(
            NS + "/pods?fieldManager=me",
            "{\"metadata\":{\"name\":\"owned\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    assertThat(pod.json().path("spec").has("serviceAccountName")).isTrue();
    assertThat(pod.json().path("spec").path("tolerations")).isNotEmpty();
    String fields = entry(pod, "me").path("fieldsV1").toString();
    assertThat(fields)
        .contains("\"f:restartPolicy\"", "\"k:{\\\"name\\\":\\\"c\\\"}\"")
        .doesNotContain("serviceAccountName", "tolerations", "f:status", "volumeMounts");
  }

  @Test
  void partsOfTheSystemAreManagersToo() {
    ObjectKey key = new ObjectKey(new GroupResource("", "configmaps"), "acme", "default", "local");
    var applied =
        server
            .admin()
            .patch(
                key,
                "",
                Patch.apply(
                    Json.parse(
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"local\"},\"data\":{\"z\":\"1\"}}"
                            .getBytes(StandardCharsets.UTF_8)),
                    "loop",
                    false))
            .orThrow();
    assertThat(applied.name()).isEqualTo("local");
    server
        .admin()
        .patch(
            key,
            "",
            Patch.merge(Json.parse("{\"data\":{\"a\":\"b\"}}".getBytes(StandardCharsets.UTF_8))))
        .orThrow();
    assertThat(entry(client.get(MAPS + "/local"), "argosy-admin").path("fieldsV1").toString())
        .isEqualTo("{\"f:data\":{\"f:a\":{}}}");
  }

  @Test
  void strictApplyRefusesRepeatedFields() {
    String twice = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: tw\n  name: tw\n";
    Answer strict = apply(MAPS + "/tw", "fieldManager=a&fieldValidation=Strict", twice);
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.at("message"))
        .isEqualTo(
            "error strict decoding YAML: yaml: unmarshal errors:\n"
                + "  line 5: key \"name\" already set in map");
    Answer warned = apply(MAPS + "/tw", "fieldManager=a", twice);
    assertThat(warned.code()).isEqualTo(201);
    assertThat(warned.header("Warning"))
        .isEqualTo("299 - \"line 5: key \\\"name\\\" already set in map\"");
  }
}

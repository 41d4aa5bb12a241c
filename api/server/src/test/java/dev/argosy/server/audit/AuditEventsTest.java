package dev.argosy.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AuditEventsTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitManagedFields: true
      rules:
      - {level: None, userGroups: ["system:masters"], verbs: [list]}
      - {level: None, nonResourceURLs: ["/version"]}
      - {level: Metadata, resources: [{group: "", resources: [secrets]}]}
      - {level: RequestResponse}
      """;

  @TempDir Path folder;
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
  private TestServer server;
  private TestClient client;

  @AfterEach
  void stop() {
    server.close();
  }

  @BeforeEach
  void start() throws IOException {
    AuditPolicy policy =
        AuditPolicyReader.read(Files.writeString(folder.resolve("policy.yaml"), POLICY));
    Auditor auditor = new Auditor(policy, List.of(events::add), Metrics.none(), Clock.systemUTC());
    server = TestServer.start(Map.of(), parts -> parts.audit(auditor));
    client = server.client();
    events.clear();
  }

  /** An event may come a moment after the answer. */
  private JsonNode event(String stage, String verb) {
    Deadline.await(() -> found(stage, verb).isPresent());
    return found(stage, verb).orElseThrow();
  }

  private Optional<? extends JsonNode> found(String stage, String verb) {
    return events.stream()
        .map(AuditEventJson::of)
        .filter(e -> e.path("stage").asString().equals(stage))
        .filter(e -> e.path("verb").asString().equals(verb))
        .filter(e -> !e.path("requestURI").asString().isEmpty())
        .findFirst();
  }

  @Test
  void aWriteIsToldInTheWireForm() throws IOException {
    client.post(
        MAPS + "?fieldManager=me",
        "{\"metadata\":{\"name\":\"one\"},\"data\":{\"a\":\"b\"}}",
        "Audit-ID",
        "my-id",
        "X-Forwarded-For",
        "198.51.100.1");

    JsonNode received = event("RequestReceived", "create");
    assertThat(received.has("responseStatus")).isFalse();
    JsonNode complete = event("ResponseComplete", "create");
    assertThat(complete.path("kind").asString()).isEqualTo("Event");
    assertThat(complete.path("apiVersion").asString()).isEqualTo("audit.k8s.io/v1");
    assertThat(complete.path("level").asString()).isEqualTo("RequestResponse");
    assertThat(complete.path("auditID").asString()).isEqualTo("my-id");
    assertThat(complete.path("requestURI").asString()).isEqualTo(MAPS + "?fieldManager=me");
    assertThat(complete.at("/user/username").asString()).isEqualTo("system:admin");
    assertThat(complete.path("sourceIPs").toString()).isEqualTo("[\"198.51.100.1\",\"127.0.0.1\"]");
    assertThat(complete.path("objectRef").toString())
        .isEqualTo(
            "{\"resource\":\"configmaps\",\"namespace\":\"default\",\"name\":\"one\","
                + "\"apiVersion\":\"v1\"}");
    assertThat(complete.path("responseStatus").toString())
        .isEqualTo("{\"metadata\":{},\"code\":201}");
    assertThat(complete.at("/requestObject/data/a").asString()).isEqualTo("b");
    assertThat(complete.at("/requestObject/metadata").has("uid")).isFalse();
    assertThat(complete.at("/responseObject/metadata/uid").asString()).isNotEmpty();
    assertThat(complete.at("/responseObject/metadata").has("managedFields")).isFalse();
    assertThat(complete.path("requestReceivedTimestamp").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(complete.path("annotations").toString())
        .isEqualTo(
            "{\"argosy.dev/cluster\":\"acme\",\"authorization.k8s.io/decision\":\"allow\","
                + "\"authorization.k8s.io/reason\":\"a rule\"}");
  }

  @Test
  void refusalsAndSecretsAndWhatNobodyWants() throws IOException {
    server.access.token("eve", "eve", "");
    client.as("eve").post(MAPS, "{\"metadata\":{\"name\":\"one\"}}");
    JsonNode forbidden = event("ResponseComplete", "create");
    assertThat(forbidden.at("/responseStatus/code").asInt()).isEqualTo(403);
    assertThat(forbidden.at("/responseStatus/reason").asString()).isEqualTo("Forbidden");
    assertThat(forbidden.path("annotations").path("authorization.k8s.io/decision").asString())
        .isEqualTo("forbid");

    events.clear();
    client.post(
        "/clusters/acme/api/v1/namespaces/default/secrets",
        "{\"metadata\":{\"name\":\"s\"},\"stringData\":{\"p\":\"hidden\"}}");
    assertThat(event("ResponseComplete", "create").toString())
        .contains("\"resource\":\"secrets\"")
        .doesNotContain("hidden", "requestObject", "responseObject");

    events.clear();
    client.get(MAPS);
    client.get("/version");
    assertThat(events).isEmpty();

    client.as("wrong").get(MAPS + "/one");
    assertThat(event("ResponseComplete", "get").at("/responseStatus/code").asInt()).isEqualTo(401);
  }

  /** Its name is in no path. */
  @Test
  void whatWasMadeIsNamedThoughBodiesAreNotKept() throws IOException {
    client.post(
        "/clusters/acme/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}");
    JsonNode complete = event("ResponseComplete", "create");
    assertThat(complete.path("level").asString()).isEqualTo("Metadata");
    assertThat(complete.at("/objectRef/name").asString()).isEqualTo("s");
  }

  @Test
  void whichStateWasReplacedIsTold() throws IOException {
    JsonNode meta = client.post(MAPS, "{\"metadata\":{\"name\":\"one\"}}").json().path("metadata");
    client.put(MAPS + "/one", "{\"metadata\":" + meta + "}");
    JsonNode updated = event("ResponseComplete", "update").path("objectRef");
    assertThat(updated.path("uid")).isEqualTo(meta.path("uid"));
    assertThat(updated.path("resourceVersion")).isEqualTo(meta.path("resourceVersion"));

    client.patch(
        MAPS + "/one", "application/merge-patch+json", "{\"metadata\":{\"name\":\"two\"}}");
    client.delete(MAPS + "/one", "");
    for (String verb : List.of("patch", "delete")) {
      assertThat(event("ResponseComplete", verb).path("objectRef").toString())
          .isEqualTo(
              "{\"resource\":\"configmaps\",\"namespace\":\"default\",\"name\":\"one\","
                  + "\"apiVersion\":\"v1\"}");
    }
  }

  @Test
  void whatCannotBeANameIsNotKept() throws IOException {
    client.post(MAPS, "{\"metadata\":{\"name\":\"" + "x".repeat(2000) + "\"}}");
    JsonNode refused = event("ResponseComplete", "create");
    assertThat(refused.at("/responseStatus/code").asInt()).isEqualTo(422);
    assertThat(refused.path("objectRef").has("name")).isFalse();
  }

  @Test
  void callsFromWithinTellWhatWasSent() {
    ObjectNode map = Json.object();
    map.putObject("metadata").put("name", "inner");
    map.putObject("data").put("a", "b");
    ResourceScope maps =
        ResourceScope.namespace(new GroupResource("", "configmaps"), "acme", "default");
    ApiObject made = server.admin().create(maps, map).orThrow();
    server.admin().patch(made.key(), "", Patch.merge(Json.mapper().readTree("{\"data\":{}}")));

    assertThat(within("create").at("/objectRef/name").asString()).isEqualTo("inner");
    assertThat(within("create").at("/requestObject/data/a").asString()).isEqualTo("b");
    assertThat(within("patch").path("requestObject").toString()).isEqualTo("{\"data\":{}}");
  }

  private JsonNode within(String verb) {
    return events.stream()
        .map(AuditEventJson::of)
        .filter(event -> event.path("verb").asString().equals(verb))
        .filter(event -> event.path("stage").asString().equals("ResponseComplete"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void watchesBeginAndEnd() throws Exception {
    try (TestStream watch = client.stream(MAPS + "?watch=true&timeoutSeconds=1")) {
      assertThat(event("ResponseStarted", "watch").at("/responseStatus/code").asInt())
          .isEqualTo(200);
      while (watch.next().isPresent()) {
        continue;
      }
    }
    Deadline.await(() ->
        events.stream()
            .anyMatch(e ->
                e.stage() == AuditStage.RESPONSE_COMPLETE
                    && e.request().attributes().verb().equals("watch")));
  }

  @Test
  void whoActsAsAnotherIsBoth() throws IOException {
    client.get(MAPS + "/one", "Impersonate-User", "ann", "Impersonate-Group", "system:masters");
    JsonNode complete = event("ResponseComplete", "get");
    assertThat(complete.at("/user/username").asString()).isEqualTo("system:admin");
    assertThat(complete.at("/impersonatedUser/username").asString()).isEqualTo("ann");
  }

  @Test
  void podSecurityTellsTheAudit() throws IOException {
    client.patch(
        "/clusters/acme/api/v1/namespaces/default",
        "application/merge-patch+json",
        "{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/audit\":\"restricted\","
            + "\"pod-security.kubernetes.io/enforce\":\"baseline\"}}}");
    events.clear();
    client.post(
        "/clusters/acme/api/v1/namespaces/default/pods",
        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":"
            + "[{\"name\":\"c\",\"image\":\"busybox\"}]}}");
    JsonNode notes = event("ResponseComplete", "create").path("annotations");
    assertThat(notes.path("pod-security.kubernetes.io/enforce-policy").asString())
        .isEqualTo("baseline:latest");
    assertThat(notes.path("pod-security.kubernetes.io/audit-violations").asString())
        .startsWith(
            "would violate PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false");
  }

  @Test
  void policiesTellTheAudit() throws IOException {
    String policies = "/clusters/acme/apis/admissionregistration.k8s.io/v1/validatingadmission";
    client.post(
        policies + "policies",
        """
        {"metadata":{"name":"p"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":[""],
        "apiVersions":["v1"],"resources":["configmaps"],"operations":["CREATE"]}]},
        "validations":[{"expression":"true"},{"expression":"false","message":"never"}],
        "auditAnnotations":[{"key":"named","valueExpression":"object.metadata.name"}]}}
        """);
    client.post(
        policies + "policybindings",
        "{\"metadata\":{\"name\":\"b\"},"
            + "\"spec\":{\"policyName\":\"p\",\"validationActions\":[\"Audit\"]}}");
    Deadline.await(() -> {
      events.clear();
      client.post(MAPS + "?dryRun=All", "{\"metadata\":{\"name\":\"one\"}}");
      return event("ResponseComplete", "create").path("annotations").has("p/named");
    });
    JsonNode notes = event("ResponseComplete", "create").path("annotations");
    assertThat(notes.path("p/named").asString()).isEqualTo("one");
    assertThat(notes.path("validation.policy.admission.k8s.io/validation_failure").asString())
        .isEqualTo(
            "[{\"message\":\"never\",\"policy\":\"p\",\"binding\":\"b\",\"expressionIndex\":1,"
                + "\"validationActions\":[\"Audit\"]}]");
  }

  @Test
  void deprecatedVersionsAreMarked() throws IOException {
    TestClient.Answer answer =
        client.get("/clusters/acme/api/v1/namespaces/default/endpoints/none");
    assertThat(answer.header("Warning")).contains("deprecated");
    assertThat(event("ResponseComplete", "get").path("annotations").path("k8s.io/deprecated"))
        .hasToString("\"true\"");
    assertThat(client.get("/metrics").text())
        .contains(
            "apiserver_requested_deprecated_apis{group=\"\",removed_release=\"\",resource=\"endpoints\"");
  }
}

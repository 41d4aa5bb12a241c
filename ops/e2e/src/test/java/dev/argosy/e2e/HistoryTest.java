package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What objects were, who changed them, and how they come back, with kubectl. */
class HistoryTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Tenant> TENANTS = Tenant.both();
  private static Space space;

  @BeforeAll
  static void enter() {
    Tenant acme = TENANTS.getFirst();
    space = new Space(Kubectl.of("1.35", acme.kubeconfig()), acme.newNamespace());
  }

  @AfterAll
  static void leave() {
    space.close();
  }

  private static String selector(String name) {
    return "--field-selector=resource=configmaps,namespace=" + space.name() + ",name=" + name;
  }

  private static JsonNode ask(Kubectl kubectl, String kind, String spec) {
    String body =
        "{\"apiVersion\":\"history.argosy.dev/v1\",\"kind\":\""
            + kind
            + "\",\"spec\":"
            + spec
            + "}";
    return JSON.readTree(kubectl.with(body, "create", "-f", "-", "-o", "json").orFail())
        .path("status");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20", "1.35"})
  void aDeletedObjectIsFoundComparedAndBroughtBack(String version) {
    Kubectl kubectl = Kubectl.of(version, TENANTS.getFirst().kubeconfig());
    String name = "kept-" + version.replace('.', '-');
    space.run("create", "configmap", name, "--from-literal=a=1");
    space.run("patch", "configmap", name, "-p", "{\"data\":{\"a\":\"2\"}}");
    space.run("delete", "configmap", name);
    String table =
        Eventually.until(
            SOON,
            () -> kubectl.run("get", "objectrevisions", selector(name)),
            text -> text.contains("Deleted"));
    assertThat(table.lines().findFirst().orElse(""))
        .containsSubsequence("NAME", "AGE", "CHANGE", "RESOURCE", "OBJECT", "USER", "VERB");
    assertThat(table).contains("Created", "Updated", "configmaps");
    List<String> names = table.lines().skip(1).map(line -> line.split(" ")[0]).toList();
    JsonNode diff =
        ask(
            kubectl,
            "RevisionDiff",
            "{\"from\":\"" + names.get(2) + "\",\"to\":\"" + names.get(1) + "\"}");
    assertThat(diff.at("/changes/0/path").asString()).isEqualTo("/data/a");
    assertThat(diff.at("/changes/0/is").asString()).isEqualTo("\"2\"");
    JsonNode restored =
        ask(kubectl, "ObjectRestore", "{\"revision\":\"" + names.getFirst() + "\"}");
    assertThat(restored.path("action").asString()).isEqualTo("Created");
    assertThat(space.run("get", "configmap", name, "-o", "jsonpath={.data.a}")).isEqualTo("2");
    Kubectl other = Kubectl.of("1.35", TENANTS.getLast().kubeconfig());
    assertThat(other.tryRun("get", "objectrevisions", selector(name)).err())
        .contains("No resources");
  }
}

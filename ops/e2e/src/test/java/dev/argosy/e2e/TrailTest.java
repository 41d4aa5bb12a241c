package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail as its tenant sees it. */
class TrailTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Tenant> TENANTS = Tenant.both();
  private static Space space;

  @BeforeAll
  static void enter() {
    Tenant acme = TENANTS.getFirst();
    space = new Space(Kubectl.of("1.35", acme.kubeconfig()), acme.newNamespace());
    space.run("create", "configmap", "told");
  }

  @AfterAll
  static void leave() {
    space.close();
  }

  private static String selector() {
    return "--field-selector=name=told,verb=create,namespace=" + space.name();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20", "1.35"})
  void aTenantFindsWhatWasDone(String version) {
    Kubectl kubectl = Kubectl.of(version, TENANTS.getFirst().kubeconfig());
    String table =
        Eventually.until(
            SOON,
            () -> kubectl.run("get", "auditrecords", selector()),
            text -> text.contains("told"));
    assertThat(table.lines().findFirst().orElse(""))
        .containsSubsequence("NAME", "AGE", "USER", "VERB", "RESOURCE", "OBJECT", "CODE");
    assertThat(table).contains("system:serviceaccount:e2e:suite", "configmaps", "201", "allow");
    assertThat(kubectl.tryRun("get", "auditrecords", "--field-selector=who=me").err())
        .contains("field label not supported: who; audit records are selected by cluster, user");
  }

  @Test
  void anotherTenantDoesNot() {
    Kubectl other = Kubectl.of("1.35", TENANTS.getLast().kubeconfig());
    assertThat(other.tryRun("get", "auditrecords", selector()).err()).contains("No resources");
  }

  @Test
  void aTenantVerifiesItsTrail() {
    String review = "{\"apiVersion\":\"audit.argosy.dev/v1\",\"kind\":\"TrailReview\"}";
    JsonNode status =
        JSON.readTree(space.kubectl().with(review, "create", "-f", "-", "-o", "json").orFail())
            .path("status");
    assertThat(status.path("intact").asBoolean()).as(status.toString()).isTrue();
    assertThat(status.at("/end/sequence").asLong()).isPositive();
  }

  @Test
  void aSearchBecomesAFile() {
    String path = "/audit/export?format=csv&fieldSelector=name%3Dtold,namespace%3D" + space.name();
    String csv =
        Eventually.until(
            SOON,
            () -> space.kubectl().run("get", "--raw", path),
            text -> text.lines().count() == 2);
    assertThat(csv).startsWith("cluster,sequence,at,user,").contains(",configmaps,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20", "1.35"})
  void theScriptVerifiesFromTheEndThatItNoted(String version, @TempDir Path folder)
      throws IOException {
    Path note = folder.resolve("note");
    assertThat(verify(version, note).orFail()).startsWith("intact: ");
    assertThat(verify(version, note).orFail()).startsWith("intact: ");
    String noted = Files.readString(note);
    assertThat(noted.lines().count()).isEqualTo(2);

    int hash = noted.lastIndexOf("\"hash\":\"") + 8;
    char other = noted.charAt(hash) == '0' ? '1' : '0';
    Files.writeString(note, noted.substring(0, hash) + other + noted.substring(hash + 1));
    Program.Result broken = verify(version, note);
    assertThat(broken.exit()).as(broken.all()).isEqualTo(3);
    assertThat(broken.out()).contains("it is not the one that was noted");

    Files.writeString(note, "nothing of the kind\n");
    assertThat(verify(version, note).err()).contains("no end of a trail", "Remedy: ");
  }

  private static Program.Result verify(String version, Path note) {
    Kubectl kubectl = Kubectl.of(version, TENANTS.getFirst().kubeconfig());
    return Program.run(
        List.of(Target.ROOT.resolve("ops/verify-trail").toString(), "--note", note.toString()),
        Map.of(
            "KUBECTL", kubectl.binary().toString(), "KUBECONFIG", kubectl.kubeconfig().toString()),
        "",
        SOON);
  }
}

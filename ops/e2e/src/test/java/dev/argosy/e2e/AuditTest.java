package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file of audit events, as the built-in policy keeps them. */
class AuditTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Tenant TENANT = Tenant.both().getFirst();
  private static Space space;

  @BeforeAll
  static void enter() {
    space = new Space(Kubectl.of("1.35", TENANT.kubeconfig()), TENANT.newNamespace());
  }

  @AfterAll
  static void leave() {
    space.close();
  }

  @Test
  void aWriteIsToldWithWhoAndWhatAndWhy() {
    space.run("create", "configmap", "kept", "--from-literal=a=contents");
    JsonNode event = event("configmaps", "kept");
    assertThat(event.path("kind").asString()).isEqualTo("Event");
    assertThat(event.path("apiVersion").asString()).isEqualTo("audit.k8s.io/v1");
    assertThat(event.path("level").asString()).isEqualTo("Metadata");
    assertThat(event.path("stage").asString()).isEqualTo("ResponseComplete");
    assertThat(event.path("verb").asString()).isEqualTo("create");
    assertThat(event.at("/user/username").asString()).isEqualTo("system:serviceaccount:e2e:suite");
    assertThat(event.at("/user/groups").toString()).contains("system:serviceaccounts:e2e");
    assertThat(event.path("userAgent").asString()).matches("kubectl.*/v1\\.35.*");
    assertThat(event.path("sourceIPs").toString()).isEqualTo("[\"127.0.0.1\"]");
    assertThat(event.path("requestURI").asString())
        .startsWith("/clusters/acme/api/v1/namespaces/" + space.name() + "/configmaps?");
    assertThat(event.at("/responseStatus/code").asInt()).isEqualTo(201);
    assertThat(note(event, "authorization.k8s.io/decision")).isEqualTo("allow");
    assertThat(note(event, "authorization.k8s.io/reason")).contains("cluster-admin");
    assertThat(note(event, "argosy.dev/cluster")).isEqualTo("acme");
    assertThat(event.toString()).doesNotContain("contents");
  }

  @Test
  void aRefusalIsToldAsOneWithWhoActedAsWhom() {
    assertThat(space.tryRun("delete", "configmap", "coveted", "--as=jane", "--as-group=g").err())
        .contains("(Forbidden)");
    JsonNode event = event("configmaps", "coveted");
    assertThat(event.at("/user/username").asString()).isEqualTo("system:serviceaccount:e2e:suite");
    assertThat(event.at("/impersonatedUser/username").asString()).isEqualTo("jane");
    assertThat(event.at("/impersonatedUser/groups").toString()).contains("\"g\"");
    assertThat(event.at("/responseStatus/code").asInt()).isEqualTo(403);
    assertThat(event.at("/responseStatus/reason").asString()).isEqualTo("Forbidden");
    assertThat(note(event, "authorization.k8s.io/decision")).isEqualTo("forbid");
  }

  @Test
  void aSecretIsToldWithoutItsContents() {
    space.run("create", "secret", "generic", "hidden", "--from-literal=word=sesame");
    space.run("patch", "secret", "hidden", "-p", "{\"stringData\":{\"word\":\"opensesame\"}}");
    Eventually.until(SOON, () -> events("secrets", "hidden").size(), size -> size == 2);
    for (JsonNode event : events("secrets", "hidden")) {
      assertThat(event.path("level").asString()).isEqualTo("Metadata");
      assertThat(event.has("requestObject") || event.has("responseObject")).isFalse();
    }
    assertThat(lines()).noneMatch(line -> line.contains("sesame") || line.contains("c2VzYW1l"));
  }

  @Test
  void whatGivesRightsIsToldWhole() {
    space.run("create", "role", "reader", "--verb=list", "--resource=configmaps");
    JsonNode event = event("roles", "reader");
    assertThat(event.path("level").asString()).isEqualTo("Request");
    assertThat(event.at("/requestObject/rules/0/verbs").toString()).isEqualTo("[\"list\"]");
    assertThat(event.has("responseObject")).isFalse();
  }

  /** A later write is in the file, an earlier read is not. */
  @Test
  void readsAreNotTold() {
    space.run("get", "configmaps,secrets");
    space.tryRun("get", "configmap", "absent", "--as=jane");
    space.run("create", "configmap", "later");
    event("configmaps", "later");
    assertThat(lines().map(AuditTest::parsed))
        .extracting(event -> event.path("verb").asString())
        .doesNotContain("get", "list", "watch");
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  private static JsonNode event(String resource, String name) {
    return Eventually.until(SOON, () -> events(resource, name), found -> found.size() == 1)
        .getFirst();
  }

  private static List<JsonNode> events(String resource, String name) {
    return lines()
        .map(AuditTest::parsed)
        .filter(event -> event.at("/objectRef/resource").asString().equals(resource))
        .filter(event -> event.at("/objectRef/name").asString().equals(name))
        .toList();
  }

  /** Those of the namespace. */
  private static Stream<String> lines() {
    try {
      return Files.readString(file()).lines().filter(line -> line.contains(space.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parsed(String line) {
    return JSON.readTree(line);
  }

  private static String note(JsonNode event, String name) {
    return event.path("annotations").path(name).asString("");
  }

  private static Path file() {
    return Path.of(Target.setting("argosy.audit.log"));
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestClient.Answer;
import dev.argosy.server.testing.TestServer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to fields that a kind does not have, and to fields that stand twice. */
class FieldValidationTest {

  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
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

  private static String deployment(String name) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{\"unknown1\":\"a\",\"dupe\":1,\"dupe\":2,\"paused\":true,\"paused\":false,"
        + "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":"
        + "{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"nested\":1,"
        + "\"imagePullPolicy\":\"Always\",\"imagePullPolicy\":\"Never\"}]}}}}";
  }

  @Test
  void strictTellsAllInTheOrderOfTheBody() {
    Answer strict = client.post(DEPLOYMENTS + "?fieldValidation=Strict", deployment("s"));
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.at("message"))
        .isEqualTo(
            "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error:"
                + " unknown field \"spec.unknown1\", unknown field \"spec.dupe\","
                + " duplicate field \"spec.paused\","
                + " unknown field \"spec.template.spec.containers[0].nested\","
                + " duplicate field \"spec.template.spec.containers[0].imagePullPolicy\"");
  }

  @Test
  void warnsUnlessToldOtherwise() {
    Answer warned = client.post(DEPLOYMENTS, deployment("w"));
    assertThat(warned.code()).as(warned.text()).isEqualTo(201);
    assertThat(warnings(warned))
        .startsWith("299 - \"unknown field \\\"spec.unknown1\\\"\"")
        .hasSize(5);
    Answer silent = client.post(DEPLOYMENTS + "?fieldValidation=Ignore", deployment("i"));
    assertThat(silent.code()).isEqualTo(201);
    assertThat(warnings(silent)).isEmpty();
  }

  private static List<String> warnings(Answer answer) {
    return answer.response().headers().allValues("Warning");
  }

  @Test
  void yamlTellsRepeatedKeysByTheirLines() {
    String yaml = "metadata:\n  name: twice\n  name: twice\nnope: 1\n";
    Answer strict =
        client.post(MAPS + "?fieldValidation=Strict", yaml, "Content-Type", "application/yaml");
    assertThat(strict.at("message"))
        .isEqualTo(
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error:"
                + " yaml: unmarshal errors:\n"
                + "  line 3: key \"name\" already set in map, unknown field \"nope\"");
  }

  @Test
  void patchedObjectsAreCheckedToo() {
    client.post(MAPS, "{\"metadata\":{\"name\":\"p\"}}");
    for (String type : List.of("merge-patch+json", "strategic-merge-patch+json")) {
      Answer strict =
          client.patch(
              MAPS + "/p?fieldValidation=Strict",
              "application/" + type,
              "{\"nope\":1,\"data\":{\"a\":\"1\",\"a\":\"2\"}}");
      assertThat(strict.code()).isEqualTo(422);
      assertThat(strict.at("reason")).isEqualTo("Invalid");
      assertThat(strict.at("details.causes.0.field")).isEqualTo("patch");
      assertThat(strict.at("message"))
          .startsWith(" \"\" is invalid: patch: Invalid value: ")
          .endsWith(": strict decoding error: duplicate field \"data.a\", unknown field \"nope\"");
    }
    Answer warned = client.patch(MAPS + "/p", "application/merge-patch+json", "{\"nope\":1}");
    assertThat(warned.code()).isEqualTo(200);
    assertThat(warnings(warned)).containsExactly("299 - \"unknown field \\\"nope\\\"\"");
  }

  @Test
  void manyWarningsAreCut() {
    String fields =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"f" + i + "x".repeat(300) + "\":1")
            .collect(Collectors.joining(","));
    Answer answer = client.post(MAPS, "{\"metadata\":{\"name\":\"many\"}," + fields + "}");
    assertThat(answer.code()).isEqualTo(201);
    assertThat(warnings(answer)).hasSize(16).allMatch(w -> w.length() <= 256 + 12);
    Answer one =
        client.post(MAPS, "{\"metadata\":{\"name\":\"one\"},\"" + "y".repeat(900) + "\":1}");
    assertThat(warnings(one)).hasSize(1).allMatch(w -> w.length() > 900);
  }
}

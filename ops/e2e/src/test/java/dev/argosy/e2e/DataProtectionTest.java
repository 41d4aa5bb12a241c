package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What lies in the platform's own etcd, and what leaves a tenant. */
class DataProtectionTest {

  private final Kubectl admin = Kubectl.newest("admin");
  private final Kubectl acme = Kubectl.newest("acme");
  private final Kubectl globex = Kubectl.newest("globex");

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All values below a key prefix, through etcd's JSON gateway. */
  private static JsonNode etcd(String start, String end) throws IOException, InterruptedException {
    String body = "{\"key\":\"" + base64(start) + "\",\"range_end\":\"" + base64(end) + "\"}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(Target.setting("argosy.etcd.endpoints") + "/v3/kv/range"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return Api.json(client.send(request, HttpResponse.BodyHandlers.ofString()));
    }
  }

  @Test
  void etcdHoldsSecretsSealed() throws Exception {
    String password = "plain-" + UUID.randomUUID();
    try (Space space = Space.create(acme)) {
      String literal = "--from-literal=password=" + password;
      space.run("create", "secret", "generic", "db", literal);
      JsonNode found = etcd("/argosy/-/secrets/acme,", "/argosy/-/secrets/acme-");
      StringBuilder values = new StringBuilder();
      for (var kv : found.path("kvs")) {
        byte[] value = Base64.getDecoder().decode(kv.path("value").asString());
        values.append(new String(value, StandardCharsets.ISO_8859_1)).append('\n');
      }
      assertThat(values.toString())
          .contains("sealed1\0")
          .doesNotContain(password)
          .doesNotContain(base64(password));
      assertThat(space.run("get", "secret", "db", "-o", "jsonpath={.data.password}"))
          .isEqualTo(base64(password));
    }
  }

  @Test
  void keysAreRotatedWhileEverythingRuns() {
    try (Space space = Space.create(acme)) {
      space.run("create", "secret", "generic", "db", "--from-literal=a=b");
      assertThat(keys("status")).contains("\"keyEncryptionKey\" : \"k");
      assertThat(keys("rotate", "acme")).contains("\"acme\"");
      assertThat(space.run("get", "secret", "db", "-o", "jsonpath={.data.a}")).isEqualTo("Yg==");
      // the history still needs the earlier key for the secret's past revisions
      Eventually.until(
          Duration.ofMinutes(1),
          () -> keys("retire", "acme"),
          text -> text.contains("\"stillInUse\"") && text.contains("\"acme\""));
      assertThat(space.run("get", "secret", "db", "-o", "jsonpath={.data.a}")).isEqualTo("Yg==");
    }
  }

  private String keys(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Target.ROOT.resolve("ops/keys").toString());
    command.addAll(List.of(arguments));
    return Program.run(
            command,
            Map.of(
                "KUBECONFIG", admin.kubeconfig().toString(),
                "HOME", Target.data().toString(),
                "KUBECTL", admin.binary().toString()),
            "",
            Duration.ofMinutes(1))
        .orFail();
  }

  @Test
  void aTenantsObjectsGoIntoAnother() {
    try (Space space = Space.create(acme)) {
      space.run("create", "secret", "generic", "db", "--from-literal=a=b");
      space.run("create", "configmap", "settings", "--from-literal=c=d");
      String all = acme.run("get", "--raw", "/export");
      String mine =
          List.of(all.split("(?m)^---$")).stream()
              .filter(document -> document.contains(space.name()))
              .reduce("", (text, document) -> text + "---" + document);
      globex.with(mine, "apply", "--server-side", "-f", "-").orFail();
      try {
        assertThat(
                globex.run("get", "secret", "db", "-n", space.name(), "-o", "jsonpath={.data.a}"))
            .isEqualTo("Yg==");
        assertThat(globex.run("get", "configmap", "-n", space.name())).contains("settings");
      } finally {
        globex.run("delete", "namespace", space.name());
      }
    }
  }
}

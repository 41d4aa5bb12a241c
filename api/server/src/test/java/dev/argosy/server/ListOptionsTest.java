package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every option of a list and its exact failure. */
class ListOptionsTest {

  private static final String MAPS = "/clusters/acme/api/v1/namespaces/default/configmaps";
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server = TestServer.start();
    client = server.client();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String make(String name) {
    return client
        .post(MAPS, "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"x\":\"1\"}}}")
        .at("metadata.resourceVersion");
  }

  private static List<String> names(TestClient.Answer list) {
    List<String> names = new ArrayList<>();
    list.json().path("items").forEach(i -> names.add(i.path("metadata").path("name").asString("")));
    return names;
  }

  private static String token(long revision, String start) {
    String json =
        "{\"v\":\"meta.k8s.io/v1\",\"rv\":" + revision + ",\"start\":\"" + start + "\\u0000\"}";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resourceVersionMatch=Exact"
            + "|resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless"
            + " resourceVersion is provided",
        "resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=x"
            + "|resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is"
            + " provided",
        "resourceVersionMatch=Odd&resourceVersion=1"
            + "|resourceVersionMatch: Unsupported value: \"Odd\": supported values: \"Exact\","
            + " \"NotOlderThan\", \"\"",
        "resourceVersionMatch=Exact&resourceVersion=0"
            + "|resourceVersionMatch: Forbidden: resourceVersionMatch \"exact\" is forbidden for"
            + " resourceVersion \"0\"",
        "sendInitialEvents=true"
            + "|sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list",
        "watch=1&sendInitialEvents=true"
            + "|resourceVersionMatch: Forbidden: sendInitialEvents requires setting"
            + " resourceVersionMatch to NotOlderThan",
        "watch=1&resourceVersionMatch=NotOlderThan"
            + "|resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless"
            + " sendInitialEvents is provided"
      })
  void refusedAsInvalid(String query, String cause) {
    var answer = client.get(MAPS + "?" + query);
    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("reason")).isEqualTo("Invalid");
    assertThat(answer.at("message")).isEqualTo("ListOptions.meta.k8s.io \"\" is invalid: " + cause);
    assertThat(answer.at("details.kind")).isEqualTo("ListOptions");
    assertThat(answer.at("details.group")).isEqualTo("meta.k8s.io");
    assertThat(answer.at("details.causes.0.reason")).startsWith("FieldValue");
  }

  @Test
  void allCausesAreTold() {
    var answer =
        client.get(MAPS + "?watch=1&sendInitialEvents=true&resourceVersionMatch=Exact&continue=x");
    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.json().path("details").path("causes").size()).isEqualTo(3);
    assertThat(answer.at("message")).contains("supported values: \"NotOlderThan\"");
  }

  /** All at once, since each waits a while for that revision to come. */
  @Test
  void aRevisionAheadOfTheServer() throws InterruptedException, ExecutionException {
    String current = make("a");
    List<String> queries =
        List.of(
            "?resourceVersion=",
            "/a?resourceVersion=",
            "?limit=1&resourceVersion=",
            "?resourceVersionMatch=Exact&resourceVersion=",
            "?resourceVersionMatch=NotOlderThan&resourceVersion=");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asked = new ArrayList<>();
      queries.forEach(query -> asked.add(threads.submit(() -> requireTooLarge(query, current))));
      for (Future<?> each : asked) {
        each.get();
      }
    }
  }

  private void requireTooLarge(String query, String current) {
    var answer = client.get(MAPS + query + "99999");
    assertThat(answer.code()).as(query).isEqualTo(504);
    assertThat(answer.at("reason")).isEqualTo("Timeout");
    assertThat(answer.at("message"))
        .isEqualTo("Timeout: Too large resource version: 99999, current: " + current);
    assertThat(answer.at("details.causes.0.reason")).isEqualTo("ResourceVersionTooLarge");
    assertThat(answer.at("details.retryAfterSeconds")).isEqualTo("1");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void continuing() {
    make("a");
    make("b");
    make("c");
    var first = client.get(MAPS + "?limit=1");
    String next = first.at("metadata.continue");
    assertThat(new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8))
        .contains("\"start\":\"default/a\\u0000\"");
    var forbidden = client.get(MAPS + "?limit=1&resourceVersion=1&continue=" + next);
    assertThat(forbidden.code()).isEqualTo(400);
    assertThat(forbidden.at("message"))
        .isEqualTo("specifying resource version is not allowed when using continue");
    var tolerated = client.get(MAPS + "?limit=1&resourceVersion=0&continue=" + next);
    assertThat(names(tolerated)).containsExactly("b");
    assertThat(tolerated.at("metadata.remainingItemCount")).isEqualTo("1");
    assertThat(names(client.get(MAPS + "?continue=" + next))).containsExactly("b", "c");
    var selected = client.get(MAPS + "?limit=1&labelSelector=x%3D1");
    assertThat(selected.at("metadata.continue")).isNotEmpty();
    assertThat(selected.json().path("metadata").has("remainingItemCount")).isFalse();
    var exact = client.get(MAPS + "?limit=3");
    assertThat(exact.json().path("metadata").has("continue")).isFalse();
    assertThat(client.get(MAPS + "?continue=" + token(0, "default/a")).code()).isEqualTo(400);
    assertThat(client.get(MAPS + "?continue=" + token(-2, "default/a")).code()).isEqualTo(400);
    assertThat(client.get(MAPS + "?continue=" + token(1, "a")).code()).isEqualTo(400);
  }

  @Test
  void anExpiredTokenIsAnsweredWithAFreshOne() {
    make("a");
    make("b");
    make("c");
    ((MemoryStore) server.store).compact(server.store.currentRevision());
    var expired = client.get(MAPS + "?limit=1&continue=" + token(1, "default/a"));
    assertThat(expired.code()).isEqualTo(410);
    assertThat(expired.at("reason")).isEqualTo("Expired");
    String fresh = expired.at("metadata.continue");
    assertThat(new String(Base64.getUrlDecoder().decode(fresh), StandardCharsets.UTF_8))
        .contains("\"rv\":-1");
    String made = make("bb");
    var rest = client.get(MAPS + "?limit=1&continue=" + fresh);
    assertThat(names(rest)).containsExactly("b");
    assertThat(rest.at("metadata.resourceVersion")).isEqualTo(made);
    assertThat(names(client.get(MAPS + "?continue=" + rest.at("metadata.continue"))))
        .containsExactly("bb", "c");
  }

  @Test
  void anEmptyListHasTheStoresRevision() {
    String made = make("a");
    var secrets = client.get(MAPS.replace("configmaps", "secrets"));
    assertThat(secrets.json().path("items").isArray()).isTrue();
    assertThat(secrets.json().path("items").size()).isZero();
    assertThat(Long.parseLong(secrets.at("metadata.resourceVersion")))
        .isGreaterThanOrEqualTo(Long.parseLong(made));
    JsonNode item = client.get(MAPS).json().path("items").path(0);
    assertThat(item.has("kind")).isFalse();
    assertThat(item.has("apiVersion")).isFalse();
  }

  @Test
  void namesAndNamespacesAreSelected() {
    make("b");
    make("a");
    String everywhere = "/clusters/acme/api/v1/configmaps?fieldSelector=";
    assertThat(names(client.get(everywhere + "metadata.name%3Da"))).containsExactly("a");
    assertThat(names(client.get(everywhere + "metadata.name%3Da,metadata.namespace%3Ddefault")))
        .containsExactly("a");
    assertThat(names(client.get(everywhere + "metadata.namespace%3Dkube-system"))).isEmpty();
    assertThat(names(client.get(MAPS + "?fieldSelector=metadata.name%3Da,metadata.name%3Db")))
        .isEmpty();
    assertThat(names(client.get(MAPS + "?fieldSelector=metadata.name%3D"))).isEmpty();
    assertThat(names(client.get(MAPS + "?labelSelector=x%20in%20(0,1),x")))
        .containsExactly("a", "b");
    assertThat(
            names(
                client.get(
                    "/clusters/acme/api/v1/namespaces?fieldSelector=metadata.name%3Ddefault")))
        .containsExactly("default");
    var continued = client.get(MAPS + "?limit=1&labelSelector=x%20in%20(0,1)");
    assertThat(names(continued)).containsExactly("a");
    assertThat(
            names(
                client.get(
                    MAPS
                        + "?labelSelector=x%20in%20(0,1)&continue="
                        + continued.at("metadata.continue"))))
        .containsExactly("b");
  }

  @Test
  void unknownFieldLabels() {
    var answer = client.get(MAPS + "?fieldSelector=spec.x%3D1");
    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.at("message"))
        .isEqualTo(
            "\"spec.x\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    var pods = client.get(MAPS.replace("configmaps", "pods") + "?fieldSelector=spec.x%3D1");
    assertThat(pods.code()).isEqualTo(400);
    assertThat(pods.at("message")).contains("field label not supported");
  }

  @Test
  void aDeletedCollectionIsAnswered() {
    make("a");
    make("b");
    var deleted = client.delete(MAPS + "?fieldSelector=metadata.name%3Da", "");
    assertThat(deleted.code()).isEqualTo(200);
    assertThat(deleted.at("kind")).isEqualTo("ConfigMapList");
    assertThat(names(deleted)).containsExactly("a");
    assertThat(names(client.get(MAPS))).containsExactly("b");
    assertThat(client.delete(MAPS + "?resourceVersionMatch=Exact", "").code()).isEqualTo(422);
  }
}

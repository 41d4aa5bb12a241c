package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a server of a later version wrote, in the hands of this one. */
class LaterObjectsTest {

  private static final ObjectKey KEY =
      new ObjectKey(new GroupResource("", "services"), "acme", "default", "later");
  private static final String ALL = "/clusters/acme/api/v1/namespaces/default/services";
  private static final String ONE = ALL + "/later";

  /** Fields of the object, of one of its parts and of its status. */
  private static final List<String> LATER = List.of("laterField", "laterPort", "laterStatus");

  private static final String MERGE = "application/merge-patch+json";
  private static final String LABEL = "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";

  private final MemoryStore store = new MemoryStore();
  private final TestServer server = TestServer.on(store, Map.of(), parts -> {});
  private final TestClient client = server.client();

  @BeforeEach
  void start() {
    var made =
        client.post(
            ALL, "{\"metadata\":{\"name\":\"later\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void later(Consumer<ObjectNode> change) {
    var now = store.get(KEY).orElseThrow();
    ObjectNode tree = Json.parse(now.value());
    change.accept(tree);
    var update = new Change.Update(KEY, now.revision(), Json.canonical(tree));
    assertThat(store.commit(List.of(update))).isInstanceOf(CommitResult.Committed.class);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String stored() {
    return new String(store.get(KEY).orElseThrow().value(), StandardCharsets.UTF_8);
  }

  /** As an API server of Kubernetes; hence the rule of decision 0054. */
  @Test
  void fieldsAreShownAndGoWithTheNextWrite() {
    later(tree -> {
      tree.withObject("spec").put("laterField", 1);
      tree.withObject("status").put("laterStatus", 1);
      tree.path("spec").path("ports").forEach(port -> ((ObjectNode) port).put("laterPort", 1));
    });
    assertThat(client.get(ONE).text()).contains(LATER);
    assertThat(client.get(ALL).text()).contains(LATER);
    var patched = client.patch(ONE, MERGE, LABEL);
    assertThat(patched.code()).as(patched.text()).isEqualTo(200);
    assertThat(stored())
        .contains("\"a\":\"b\"", "laterStatus", "\"port\":80")
        .doesNotContain("laterField", "laterPort");
    var put = client.put(ONE, client.get(ONE).text().replace("\"a\":\"b\"", "\"a\":\"c\""));
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    assertThat(stored()).contains("\"a\":\"c\"", "laterStatus");
  }

  @Test
  void anObjectWithAnUnknownValueIsShownAndRefusedToChangeRatherThanChangedBadly() {
    later(tree -> tree.withObject("spec").put("internalTrafficPolicy", "Later"));
    String before = stored();
    assertThat(client.get(ONE).text()).contains("\"internalTrafficPolicy\":\"Later\"");
    assertThat(client.get(ALL).text()).contains("\"internalTrafficPolicy\":\"Later\"");
    var patched = client.patch(ONE, MERGE, LABEL);
    assertThat(patched.code()).isEqualTo(422);
    assertThat(patched.at("message")).contains("spec.internalTrafficPolicy: Unsupported value");
    assertThat(stored()).isEqualTo(before);
    assertThat(client.delete(ONE, "").code()).isEqualTo(200);
  }
}

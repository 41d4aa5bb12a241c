package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.server.aggregate.AggregateLayer;
import dev.argosy.server.aggregate.ExtensionServer;
import dev.argosy.server.aggregate.ExtensionServer.Got;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tenant's own API server holds, as the loops of this process get at it. */
@Timeout(90)
@SuppressWarnings("NullAway") // everything is set before the first test
class AggregatedObjectsTest {

  private static final GroupResource FLUNDERS = new GroupResource("wardle.example", "flunders");
  private static final String V1 = "/apis/wardle.example/v1";
  private static final String LIST = V1 + "/namespaces/default/flunders";
  private static final ObjectKey ONE = new ObjectKey(FLUNDERS, "acme", "default", "one");
  private static final ResourceScope HERE = ResourceScope.namespace(FLUNDERS, "acme", "default");

  private static final String RESOURCES =
      """
      {"kind":"APIResourceList","groupVersion":"wardle.example/v1","resources":[
       {"name":"flunders","singularName":"flunder","namespaced":true,"kind":"Flunder",
        "verbs":["get","list","delete"]},
       {"name":"reviews","singularName":"","namespaced":true,"kind":"Review","verbs":["create"]},
       {"name":"fischers","singularName":"","namespaced":false,"kind":"Fischer",
        "verbs":["list","delete"]}]}
      """;

  @TempDir Path folder;
  private AggregationRig rig;
  private ExtensionServer extension;
  private ApiClient client;
  private AggregateLayer layer;

  @BeforeEach
  void start() throws Exception {
    rig = new AggregationRig();
    extension = rig.extension(folder, "acme");
    extension.json(V1, got -> RESOURCES);
    extension.json(
        LIST,
        got ->
            """
            {"kind":"FlunderList","metadata":{"resourceVersion":"x7"},"items":[
             {"metadata":{"name":"one","namespace":"default","uid":"u-1","resourceVersion":"12"}}]}
            """);
    rig.service("acme");
    rig.register("acme", "v1", extension.caBundle());
    layer = rig.server.server.aggregate();
    client = rig.server.server.clients().as(UserInfo.system("controller:namespace-controller"));
    AggregationRig.await(
        () -> layer.unheard("acme").isEmpty() && !layer.namespaced("acme").isEmpty(),
        () -> layer.unheard("acme").toString());
  }

  @AfterEach
  void stop() {
    rig.close();
    extension.close();
  }

  @Test
  void whatCanBeEmptiedOfIsKnown() {
    assertThat(layer.namespaced("acme")).containsExactly(FLUNDERS);
    assertThat(layer.namespaced("globex")).isEmpty();
    assertThat(layer.unheard("globex")).isEmpty();
  }

  @Test
  void listsAndDeletionsAreLedOnUnderTheCallersName() {
    extension.json(LIST + "/one", got -> "{\"kind\":\"Status\",\"status\":\"Success\"}");
    ApiObject listed = client.list(HERE, ListOptions.EVERYTHING).orThrow().items().getFirst();
    assertThat(listed.key()).isEqualTo(ONE);
    assertThat(listed.meta().uid()).isEqualTo("u-1");
    client.delete(ONE, new DeleteOptions(null, "Background", "u-1", null)).orThrow();
    Got got = extension.at(LIST + "/one").getFirst();
    assertThat(got.method()).isEqualTo("DELETE");
    assertThat(got.header("X-Remote-User")).contains("namespace-controller");
    assertThat(got.body())
        .contains("\"propagationPolicy\":\"Background\"")
        .contains("\"preconditions\":{\"uid\":\"u-1\"}");
  }

  @Test
  void pathsOfItsGroupVersionsAreRead() throws Exception {
    String path = V1 + "/namespaces/default/pods/*/requests";
    extension.json(path, got -> "{\"items\":[{\"value\":\"3\"}]}");
    try (InputStream body =
        client.read("acme", path, Map.of("labelSelector", "app in (a,b)")).orThrow()) {
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("\"3\"");
    }
    Got got = extension.at(path).getFirst();
    assertThat(got.target()).endsWith("?labelSelector=app+in+%28a%2Cb%29");
    assertThat(got.header("X-Remote-User")).contains("namespace-controller");
    ApiClient other =
        rig.server.server.clients().as(new UserInfo("other", "", List.of(), Map.of()));
    assertThat(other.read("acme", path, Map.of()).refusedFor(Reason.FORBIDDEN)).isTrue();
    assertThat(client.read("globex", path, Map.of()).refusedFor(Reason.NOT_FOUND)).isTrue();
    assertThat(extension.at(path)).hasSize(1);
  }

  @Test
  void whatIsRefusedIsToldAsByTheOtherServer() {
    assertThat(client.get(ONE).refusedFor(Reason.NOT_FOUND)).isTrue();
    ApiClient other =
        rig.server.server.clients().as(new UserInfo("other", "", List.of(), Map.of()));
    assertThat(other.list(HERE, ListOptions.EVERYTHING).refusedFor(Reason.FORBIDDEN)).isTrue();
    assertThat(extension.at(LIST)).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsNotHeard() throws Exception {
    rig.ports.remove("acme/api");
    rig.awaitCondition("acme", "v1", "False");
    AggregationRig.await(
        () -> layer.unheard("acme").contains("wardle.example/v1"),
        () -> layer.unheard("acme").toString());
    assertThat(client.list(HERE, ListOptions.EVERYTHING).refusedFor(Reason.SERVICE_UNAVAILABLE))
        .isTrue();
  }
}

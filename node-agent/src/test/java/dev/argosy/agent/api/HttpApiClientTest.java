package dev.argosy.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchEvent;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.client.WatchStream;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** Against a real front, whose watches end after a second or two. */
@Timeout(60)
final class HttpApiClientTest {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");

  private static TestServer server;
  private HttpConnection connection;
  private ApiClient client;

  @BeforeAll
  static void serve() {
    server = TestServer.start(Map.of("argosy.api.min-watch-timeout", "PT1S"), parts -> {});
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    connection =
        new HttpConnection(
            server.server.localUri(), SSLContext.getDefault(), FakeAccess.ADMIN_TOKEN);
    client = new HttpApiClient(connection);
  }

  @AfterEach
  void disconnect() {
    connection.close();
  }

  private static ObjectNode map(String name) {
    ObjectNode map = Json.object();
    map.put("apiVersion", "v1").put("kind", "ConfigMap").putObject("metadata").put("name", name);
    return map;
  }

  private ApiObject create(String cluster, String name) {
    return client.create(ResourceScope.namespace(MAPS, cluster, "default"), map(name)).orThrow();
  }

  @Test
  void resourcesWithoutAFirstVersionAreFound() {
    for (String resource : List.of("clustertrustbundles", "podcertificaterequests")) {
      GroupResource all = new GroupResource("certificates.k8s.io", resource);
      assertThat(
              client
                  .list(ResourceScope.cluster(all, "acme"), ListOptions.EVERYTHING)
                  .orThrow()
                  .items())
          .isEmpty();
    }
  }

  @Test
  void objectsAreMadeReadChangedAndDeleted() {
    ApiObject made = create("acme", "crud");
    ObjectNode change = Json.object();
    change.putObject("data").put("a", "ä€ b");
    ApiObject changed = client.patch(made.key(), "", Patch.merge(change)).orThrow();
    assertThat(changed.revision()).isGreaterThan(made.revision());
    ApiObject read = client.get(made.key()).orThrow();
    assertThat(read.tree().path("data").path("a").asString("")).isEqualTo("ä€ b");

    ApiResult<ApiObject> stale = client.update(made.key(), "", made.tree());
    assertThat(stale.refusedFor(Reason.CONFLICT)).isTrue();
    assertThat(
            client
                .create(ResourceScope.namespace(MAPS, "acme", "default"), map("crud"))
                .refusedFor(Reason.ALREADY_EXISTS))
        .isTrue();
    assertThat(
            client.delete(made.key(), DeleteOptions.now("another-uid")).refusedFor(Reason.CONFLICT))
        .isTrue();
    client.delete(made.key(), DeleteOptions.now(made.meta().uid())).orThrow();
    assertThat(client.get(made.key()).refusedFor(Reason.NOT_FOUND)).isTrue();
  }

  @Test
  void aListOverAllClustersSaysWhoseItemsAre() {
    create("acme", "whose");
    create("root", "whose");
    var list =
        client
            .list(ResourceScope.everywhere(MAPS), ListOptions.fields("metadata.name=whose"))
            .orThrow();
    assertThat(list.items())
        .extracting(o -> o.key().cluster())
        .containsExactlyInAnyOrder("acme", "root");
    assertThat(list.revision()).isPositive();
  }

  @Test
  void aWatchOverAllClustersTellsTheStateThenChanges() throws Exception {
    ApiObject first = create("acme", "watched");
    try (WatchStream watch =
        client
            .watch(ResourceScope.everywhere(MAPS), WatchOptions.fields("metadata.name=watched"))
            .orThrow()) {
      List<WatchEvent> seen = new ArrayList<>(watch.next());
      while (seen.stream()
          .noneMatch(e -> e instanceof WatchEvent.Bookmark b && b.initialEventsEnd())) {
        seen.addAll(watch.next());
      }
      assertThat(seen.getFirst())
          .isInstanceOfSatisfying(
              WatchEvent.Added.class,
              added -> assertThat(added.object().key()).isEqualTo(first.key()));
      client.delete(first.key(), DeleteOptions.DEFAULT).orThrow();
      assertThat(watch.next().getFirst()).isInstanceOf(WatchEvent.Deleted.class);
      for (var rest = watch.next(); !rest.isEmpty(); rest = watch.next()) {
        assertThat(rest)
            .as("until the server ends it")
            .allMatch(e -> e instanceof WatchEvent.Bookmark);
      }
    }
  }

  @Test
  void aWatchFromATimeLongGoneIsRefused() throws Exception {
    create("acme", "late");
    WatchOptions old = new WatchOptions("", "", "1", false, true);
    Status status =
        switch (client.watch(ResourceScope.everywhere(MAPS), old)) {
          case ApiResult.Refused<WatchStream>(Status refused) -> refused;
          case ApiResult.Ok<WatchStream>(WatchStream watch) ->
              ((WatchEvent.Failed) watch.next().getFirst()).status();
        };
    assertThat(status.code()).isEqualTo(410);
    assertThat(status.reason()).isEqualTo(Reason.EXPIRED);
  }

  private static void awaitSoon(Informer<ApiObject> informer, BooleanSupplier condition)
      throws InterruptedException {
    assertThat(informer.await(condition, Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void anInformerLivesOnWhenWatchesEndAndCredentialsChange() throws Exception {
    try (Informer<ApiObject> informer =
        new Informer<>(
            client,
            InformerSpec.<ApiObject>of(ResourceScope.everywhere(MAPS), o -> o)
                .withFieldSelector("metadata.name=lasting"))) {
      assertThat(informer.awaitSynced(Duration.ofSeconds(20))).isTrue();
      ObjectKey key = create("acme", "lasting").key();
      awaitSoon(informer, () -> informer.all().size() == 1);
      connection.replaceCredentials(SSLContext.getDefault());
      for (int i = 0; i < 3; i++) {
        String value = Integer.toString(i);
        ObjectNode change = Json.object();
        change.putObject("data").put("n", value);
        client.patch(key, "", Patch.merge(change)).orThrow();
        awaitSoon(
            informer,
            () ->
                informer.all().stream()
                    .anyMatch(o -> o.tree().path("data").path("n").asString("").equals(value)));
        connection.replaceCredentials(SSLContext.getDefault());
      }
      client.delete(key, DeleteOptions.DEFAULT).orThrow();
      awaitSoon(informer, () -> informer.all().isEmpty());
    }
  }

  @Test
  void whatTheServerRefusesAndThatItIsGoneAreStatuses() throws Exception {
    try (HttpConnection stranger =
        new HttpConnection(server.server.localUri(), SSLContext.getDefault(), "wrong")) {
      ApiResult<?> refused =
          new HttpApiClient(stranger).list(ResourceScope.everywhere(MAPS), ListOptions.EVERYTHING);
      assertThat(refused.refusedFor(Reason.UNAUTHORIZED)).isTrue();
    }
    try (HttpConnection nowhere =
        new HttpConnection(URI.create("http://127.0.0.1:1"), SSLContext.getDefault(), "")) {
      ApiResult<?> refused =
          new HttpApiClient(nowhere).list(ResourceScope.everywhere(MAPS), ListOptions.EVERYTHING);
      assertThat(refused.refusedFor(Reason.SERVICE_UNAVAILABLE)).isTrue();
    }
  }
}

package dev.argosy.server.testing;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.status.Reason;
import dev.argosy.server.ApiServer;
import dev.argosy.server.ApiServerConfig;
import dev.argosy.server.ApiServerParts;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.store.cache.CacheLimits;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.ResourceStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A whole API server on a free port: memory store, clusters {@code root} and {@code acme} (pool
 * {@code default}) with namespaces {@code default} and {@code kube-system} and their service
 * accounts.
 */
public final class TestServer implements AutoCloseable {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();

  public final ResourceStore store;
  public final StoreCaches caches;
  public final FakeAccess access = new FakeAccess();
  public final FakeClusters clusters = new FakeClusters();
  public final ApiServer server;

  private TestServer(
      ResourceStore store, Map<String, String> settings, Consumer<ApiServerParts> more) {
    this.store = store;
    this.caches = new StoreCaches(store, CacheLimits.DEFAULT, Clock.systemUTC());
    clusters.put("acme", Phase.ACTIVE, Set.of("default"));
    ApiServerParts parts =
        new ApiServerParts(r -> store, caches, KINDS::ofCluster, clusters, Clock.systemUTC())
            .access(access, access);
    more.accept(parts);
    Map<String, String> all = new HashMap<>(settings);
    all.putIfAbsent("argosy.api.host", "127.0.0.1");
    all.putIfAbsent("argosy.api.port", "0");
    this.server = ApiServer.of(ApiServerConfig.of(all), parts);
    bootstrap("root");
    bootstrap("acme");
    server.start();
  }

  public static TestServer start() {
    return start(Map.of(), parts -> {});
  }

  public static TestServer start(Map<String, String> settings, Consumer<ApiServerParts> more) {
    return on(new MemoryStore(), settings, more);
  }

  public static TestServer on(
      ResourceStore store, Map<String, String> settings, Consumer<ApiServerParts> more) {
    return new TestServer(store, settings, more);
  }

  /** The client of a user who may do everything. */
  public ApiClient admin() {
    return server.clients().as(UserInfo.system("admin"));
  }

  /** A client over HTTP; with the administrator's token unless told otherwise. */
  public TestClient client() {
    return new TestClient(server.localUri(), FakeAccess.ADMIN_TOKEN);
  }

  private void bootstrap(String cluster) {
    for (String namespace : new String[] {"default", "kube-system"}) {
      ensure(ResourceScope.cluster(new GroupResource("", "namespaces"), cluster), named(namespace));
      ensure(
          ResourceScope.namespace(new GroupResource("", "serviceaccounts"), cluster, namespace),
          named("default"));
    }
  }

  /** Another server may have made it, and a quota may be used up since. */
  private void ensure(ResourceScope scope, tools.jackson.databind.node.ObjectNode object) {
    String name = object.path("metadata").path("name").asString("");
    ObjectKey key = new ObjectKey(scope.resource(), scope.cluster(), scope.namespace(), name);
    if (admin().get(key).orAbsent().isPresent()) {
      return;
    }
    if (admin().create(scope, object) instanceof ApiResult.Refused<?> refused
        && refused.status().reason() != Reason.ALREADY_EXISTS) {
      throw new IllegalStateException(refused.status().message());
    }
  }

  private static tools.jackson.databind.node.ObjectNode named(String name) {
    var object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }

  @Override
  public void close() {
    server.close();
    caches.close();
    store.close();
  }
}

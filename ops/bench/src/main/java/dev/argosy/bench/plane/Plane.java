package dev.argosy.bench.plane;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.time.SystemTimers;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.memory.MemoryStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The API of the platform's cluster and of one tenant or more; callable from any thread. */
public final class Plane implements AutoCloseable {

  /** Where pods are, unless a benchmark makes more tenants. */
  public static final String TENANT = "acme";

  public static final String ROOT = "root";
  public static final GroupResource NODES = new GroupResource("", "nodes");
  public static final GroupResource PODS = new GroupResource("", "pods");
  public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
  public static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");

  private static final int AT_ONCE = 16;

  /** What is kept where: in memory, or in an etcd of its own on this machine. */
  public enum Kept {
    MEMORY,
    ETCD
  }

  private final TestServer server;
  private final @Nullable EtcdServer etcd;
  public final SystemTimers timers = new SystemTimers();

  private Plane(TestServer server, @Nullable EtcdServer etcd) {
    this.server = server;
    this.etcd = etcd;
  }

  public static Plane open(Kept kept) {
    return switch (kept) {
      case MEMORY -> new Plane(TestServer.on(new MemoryStore(), Map.of(), parts -> {}), null);
      case ETCD -> {
        EtcdServer etcd = EtcdServer.start("--quota-backend-bytes=8589934592");
        EtcdStore store = new EtcdStore(etcd.config());
        yield new Plane(TestServer.on(store, Map.of(), parts -> {}), etcd);
      }
    };
  }

  public ApiClients clients() {
    return server.server.clients();
  }

  /** Of somebody who may do everything. */
  public ApiClient client() {
    return server.admin();
  }

  /** A further tenant with a namespace {@code default}. */
  public void tenant(String name) {
    server.clusters.put(name, Phase.ACTIVE, Set.of("default"));
    namespace(name, "default", Map.of());
  }

  /** Nodes that are ready; a new one bears a taint until somebody sees that it is. */
  public void nodes(int count, IntFunction<ObjectNode> node) throws InterruptedException {
    ApiClient client = client();
    ResourceScope scope = ResourceScope.cluster(NODES, ROOT);
    each(
        count,
        n -> {
          ObjectNode ready = Json.object();
          ready.putObject("spec").putNull("taints");
          ApiObject made = asked(() -> client.create(scope, node.apply(n)));
          asked(() -> client.patch(made.key(), "", Patch.merge(ready)));
        });
  }

  /** A namespace in which pods can be made; where controllers run, its account may be theirs. */
  public void namespace(String cluster, String name, Map<String, String> labels) {
    ObjectNode namespace = Objects.named("v1", "Namespace", name);
    ObjectNode own = namespace.withObject("metadata").putObject("labels");
    labels.forEach(own::put);
    client().create(ResourceScope.cluster(NAMESPACES, cluster), namespace).orThrow();
    ApiResult<ApiObject> account =
        client()
            .create(
                ResourceScope.namespace(ACCOUNTS, cluster, name),
                Objects.named("v1", "ServiceAccount", "default"));
    if (!account.refusedFor(Reason.ALREADY_EXISTS)) {
      account.orThrow();
    }
  }

  /**
   * What is answered in the end: a server that is too busy at the moment is asked again.
   *
   * @throws dev.argosy.model.status.StatusException if it is refused for another reason
   */
  public static <T> T asked(Supplier<ApiResult<T>> request) {
    ApiResult<T> result = request.get();
    while (result.refusedFor(Reason.SERVICE_UNAVAILABLE)) {
      result = request.get();
    }
    return result.orThrow();
  }

  /**
   * Makes so many objects, some at a time.
   *
   * @throws IllegalStateException if one was refused; the others may be there
   */
  public void makeAll(ResourceScope scope, int count, IntFunction<ObjectNode> object)
      throws InterruptedException {
    ApiClient client = client();
    each(count, n -> asked(() -> client.create(scope, object.apply(n))));
  }

  /**
   * Does a numbered thing so many times, some at a time.
   *
   * @throws IllegalStateException if one failed
   */
  public static void each(int count, IntConsumer action) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                action.accept(n);
              }
            } catch (RuntimeException e) {
              failure.set(e);
              next.set(count);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }

  public List<ApiObject> all(GroupResource resource) {
    ResourceScope everywhere = ResourceScope.everywhere(resource);
    return asked(() -> client().list(everywhere, ListOptions.EVERYTHING)).items();
  }

  /** The bytes of the heap that are in use after collections. */
  public static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  @Override
  public void close() {
    timers.close();
    server.close();
    if (etcd != null) {
      etcd.close();
    }
  }
}

package dev.argosy.bench;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.pki.TestPki;
import dev.argosy.store.cache.CacheLimits;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.wiring.Platform;
import dev.argosy.wiring.PlatformConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Thousands of tenants on a whole server with PostgreSQL and etcd, made and left alone. Made within
 * the process, through everything but HTTP.
 */
final class Tenants implements Benchmark {

  private static final String FEWER = "BENCH_TENANTS";
  private static final int WARM_UP = 200;
  private static final int AT_ONCE = 16;

  /** So long caches remember what changed; nobody is idle before. */
  private static final Duration HISTORY = CacheLimits.DEFAULT.history();

  private static final String KEYS = "etcd_debugging_mvcc_keys_total ";
  private static final GroupResource TENANTS = new GroupResource("tenancy.argosy.dev", "tenants");
  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final ResourceScope ALL = ResourceScope.cluster(TENANTS, "root");

  private final int count;

  /** How often the database did not answer in time; not 0 only where the machine is overloaded. */
  private final AtomicLong again = new AtomicLong();

  Tenants(Map<String, String> environment) {
    count = Integer.parseInt(environment.getOrDefault(FEWER, "10000"));
  }

  @Override
  public int limitSeconds() {
    return 1200;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    Path folder = Files.createTempDirectory("pki");
    new TestPki().write(folder);
    try (EtcdServer etcd = EtcdServer.start("--quota-backend-bytes=8589934592");
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Platform platform = Platform.start(config(folder, etcd, postgres))) {
      ApiClient client = platform.clients().as(UserInfo.system("bench"));
      create(client, "warm", WARM_UP);
      awaitActive(client, WARM_UP);
      awaitRest(client, WARM_UP);
      measure(client, etcd, out);
    }
  }

  private void measure(ApiClient client, EtcdServer etcd, Consumer<Result> out) throws Exception {
    long heap = used();
    long keys = keys(etcd);
    long start = System.nanoTime();
    double rate = create(client, "t", count);
    out.accept(new Result("tenants created, " + AT_ONCE + " at once", rate, "/s", ""));
    out.accept(new Result("creations tried again", again.get(), "", ""));
    awaitActive(client, WARM_UP + count);
    out.accept(new Result("until the last is Active", since(start), "/s", "≥ 100"));
    awaitRest(client, WARM_UP + count);
    out.accept(new Result("until the controllers of the last rest", since(start), "/s", ""));
    out.accept(
        new Result("heap of a new tenant, with what caches remember", each(heap), "KiB", ""));
    double own = (double) (keys(etcd) - keys) / count;
    out.accept(new Result("keys in etcd of an idle tenant", own, "", "≤ 20"));
    TimeUnit.SECONDS.sleep(HISTORY.toSeconds() + 30);
    out.accept(new Result("heap of an idle tenant", each(heap), "KiB", "≤ 64"));
  }

  private double each(long heap) {
    return (used() - heap) / 1024.0 / count;
  }

  private double since(long start) {
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static PlatformConfig config(Path pki, EtcdServer etcd, EmbeddedPostgres postgres)
      throws IOException {
    return PlatformConfig.of(
        Map.of(
            "argosy.api.host", "127.0.0.1",
            "argosy.api.port", Integer.toString(freePort()),
            "argosy.api.advertise-address", "198.51.100.7",
            "argosy.pki.folder", pki.toString(),
            "argosy.database.url", postgres.getJdbcUrl("postgres", "postgres"),
            "argosy.database.user", "postgres",
            "argosy.etcd.endpoints", etcd.endpoint().toString()));
  }

  /** Each cluster's Endpoints tell the port, so it has to be a real one. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private double create(ApiClient client, String prefix, int count) throws InterruptedException {
    return Load.perSecond(
        count,
        AT_ONCE,
        n -> {
          ApiResult<ApiObject> made = client.create(ALL, tenant(prefix + "-" + n));
          while (made instanceof ApiResult.Refused<ApiObject>(Status status)
              && status.reason() != Reason.ALREADY_EXISTS) {
            if (status.reason() != Reason.SERVICE_UNAVAILABLE) {
              throw new StatusException(status);
            }
            again.incrementAndGet();
            made = client.create(ALL, tenant(prefix + "-" + n));
          }
        });
  }

  private static ObjectNode tenant(String name) {
    ObjectNode tenant = Json.object();
    tenant.put("apiVersion", "tenancy.argosy.dev/v1").put("kind", "Tenant");
    tenant.putObject("metadata").put("name", name);
    return tenant;
  }

  private static void awaitActive(ApiClient client, int count) throws InterruptedException {
    while (client.list(ALL, ListOptions.EVERYTHING).orThrow().items().stream()
            .filter(t -> t.tree().at("/status/phase").asString("").equals("Active"))
            .count()
        < count) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  /** Until each tenant's four namespaces have the root CA, the last thing that is made. */
  private static void awaitRest(ApiClient client, int count) throws InterruptedException {
    while (client
            .list(ResourceScope.everywhere(CONFIG_MAPS), ListOptions.EVERYTHING)
            .orThrow()
            .items()
            .size()
        < 4 * count) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  /** As etcd itself counts them. */
  private static long keys(EtcdServer etcd) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(etcd.endpoint() + "/metrics")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String metrics = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return metrics
          .lines()
          .filter(line -> line.startsWith(KEYS))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(KEYS.length())))
          .findFirst()
          .orElseThrow();
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}

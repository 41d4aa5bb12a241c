package dev.argosy.bench;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates of pods through the whole API, in turns: of a tenant without quotas, of one with a quota,
 * and in a namespace with a resource quota.
 */
final class ApiQuota implements Benchmark {

  private static final int THREADS = 64;
  private static final int CONNECTIONS = 4;
  private static final Duration TURN = Duration.ofMillis(1_500);
  private static final Duration WARM = Duration.ofSeconds(4);
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final String HARD = "1000000000";

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (EtcdServer etcd = EtcdServer.start();
        Front front = Front.encrypted(new EtcdStore(etcd.config()), parts -> {})) {
      TestServer server = front.server;
      for (String tenant : List.of("free", "bound", "space")) {
        prepare(server, tenant);
      }
      List<HttpClient> clients = front.clients(CONNECTIONS);
      clients.forEach(client -> post(front, client, "free"));
      Map<String, IntConsumer> turns = new LinkedHashMap<>();
      for (boolean http : List.of(false, true)) {
        for (String tenant : List.of("free", "bound", "space")) {
          turns.put(
              tenant + (http ? " http" : " local"),
              http
                  ? n -> post(front, clients.get(n % CONNECTIONS), tenant)
                  : n -> local(server, tenant));
        }
      }
      Load.perSecond(WARM, THREADS, n -> local(server, n % 2 == 0 ? "free" : "bound"));
      report(Load.inTurns(turns, TURN, THREADS), out);
    }
  }

  private static void prepare(TestServer server, String tenant) {
    server.clusters.put(tenant, Phase.ACTIVE, Set.of("default"));
    ResourceScope namespaces = ResourceScope.cluster(new GroupResource("", "namespaces"), tenant);
    server.admin().create(namespaces, named("default")).orThrow();
    server.admin().create(scope("serviceaccounts", tenant), named("default")).orThrow();
    ObjectNode quota = named("bench");
    quota
        .putObject("spec")
        .putObject("hard")
        .put("pods", HARD)
        .put("requests.cpu", HARD)
        .put("requests.memory", HARD + "Gi");
    if (tenant.equals("space")) {
      server.admin().create(scope("resourcequotas", tenant), quota).orThrow();
    } else if (tenant.equals("bound")) {
      quota.withObject("spec").put("tenant", tenant);
      ResourceScope quotas =
          ResourceScope.cluster(new GroupResource("tenancy.argosy.dev", "tenantquotas"), "root");
      server.admin().create(quotas, quota).orThrow();
    }
  }

  private static ResourceScope scope(String resource, String tenant) {
    return ResourceScope.namespace(new GroupResource("", resource), tenant, "default");
  }

  private static void report(Map<String, Double> rates, Consumer<Result> out) {
    for (String way : List.of("local", "http")) {
      String where = way.equals("http") ? "over HTTP/2 and TLS" : "within the process";
      double free = rates.getOrDefault("free " + way, 0.0);
      double bound = rates.getOrDefault("bound " + way, 0.0);
      double space = rates.getOrDefault("space " + way, 0.0);
      out.accept(new Result("Pods created " + where + ", 64 at once: no quota", free, "/s", ""));
      out.accept(new Result("Pods created " + where + ": quota of the tenant", bound, "/s", ""));
      out.accept(new Result("Pods created " + where + ": resource quota", space, "/s", ""));
      out.accept(new Result(where + ": quota of the tenant / none", bound / free, "", "≥ 0.8"));
      out.accept(new Result(where + ": resource quota / none", space / free, "", "≥ 0.8"));
    }
  }

  private static ObjectNode named(String name) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    return object;
  }

  private ObjectNode pod() {
    ObjectNode object = named("created-" + names.incrementAndGet());
    ObjectNode container = object.putObject("spec").putArray("containers").addObject();
    container.put("name", "web").put("image", "argosy/demo:1");
    container.putObject("resources").putObject("requests").put("cpu", "100m").put("memory", "64Mi");
    return object;
  }

  private void local(TestServer server, String tenant) {
    server.admin().create(ResourceScope.namespace(PODS, tenant, "default"), pod()).orThrow();
  }

  private void post(Front front, HttpClient client, String tenant) {
    HttpRequest request =
        front
            .request("/clusters/" + tenant + "/api/v1/namespaces/default/pods")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(pod())))
            .build();
    Front.exchange(client, request, 201);
  }
}

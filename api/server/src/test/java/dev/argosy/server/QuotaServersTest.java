package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.cache.CacheLimits;
import dev.argosy.store.cache.StoreCaches;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Two servers on one store charge one quota. */
class QuotaServersTest {

  private static final ResourceScope PODS = scope("pods");
  private static final ResourceScope QUOTAS = scope("resourcequotas");

  private static ResourceScope scope(String resource) {
    return ResourceScope.namespace(new GroupResource("", resource), "acme", "default");
  }

  private static ObjectNode json(String text) {
    return Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void togetherTheyAdmitWhatThereIs() throws InterruptedException, ExecutionException {
    try (TestServer one = TestServer.start();
        StoreCaches caches = new StoreCaches(one.store, CacheLimits.DEFAULT, Clock.systemUTC());
        ApiServer other = second(one, caches)) {
      List<ApiClient> clients = List.of(one.admin(), other.clients().as(UserInfo.system("admin")));
      clients
          .getFirst()
          .create(QUOTAS, json("{'metadata':{'name':'q'},'spec':{'hard':{'pods':'7'}}}"))
          .orThrow();
      assertThat(clients.getLast().list(QUOTAS, ListOptions.EVERYTHING).orThrow().items())
          .hasSize(1);
      assertThat(made(clients)).isEqualTo(7);
      Deadline.await(() -> used(clients.getLast()).equals("7"));
    }
  }

  private static String used(ApiClient client) {
    var quota = client.list(QUOTAS, ListOptions.EVERYTHING).orThrow().items().getFirst().tree();
    return quota.path("status").path("used").path("pods").asString("");
  }

  private static ApiServer second(TestServer one, StoreCaches caches) {
    return ApiServer.of(
        ApiServerConfig.of(Map.of("argosy.api.host", "127.0.0.1", "argosy.api.port", "0")),
        new ApiServerParts(
                r -> one.store,
                caches,
                BuiltinKinds.load()::ofCluster,
                one.clusters,
                Clock.systemUTC())
            .access(one.access, one.access));
  }

  private static int made(List<ApiClient> clients) throws InterruptedException, ExecutionException {
    List<Future<Boolean>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        ApiClient client = clients.get(i % clients.size());
        ObjectNode pod =
            json(
                "{'metadata':{'name':'p"
                    + i
                    + "'},'spec':{'containers':[{'name':'c','image':'i'}]}}");
        answers.add(threads.submit(() -> client.create(PODS, pod) instanceof ApiResult.Ok));
      }
    }
    int made = 0;
    for (Future<Boolean> answer : answers) {
      made += answer.get() ? 1 : 0;
    }
    return made;
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.registry.Lineage;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.MortalStore;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant's quota binds all that stand below it, wherever they are moved, on two servers. */
class TenantTreeQuotaTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final String BANDS =
      "[{'name':'high','minPriority':1000,'kept':{'pods':'2','requests.cpu':'1'}},"
          + "{'name':'usual','minPriority':0,'kept':{'pods':'3'}}]";
  private static final List<String> ALL = List.of("house", "wing", "acme", "globex");

  private final EtcdServer etcd = EtcdServer.start();
  private final List<MortalStore> stores = new ArrayList<>();
  private final List<TestServer> servers = new ArrayList<>();

  @BeforeEach
  void twoServers() {
    begin();
    begin();
    for (String cluster : ALL) {
      String path = "/clusters/" + cluster + "/api/v1/namespaces";
      client(0).post(path, json("{'metadata':{'name':'default'}}"));
      client(0).post(path + "/default/serviceaccounts", json("{'metadata':{'name':'default'}}"));
    }
  }

  @AfterEach
  void end() {
    servers.forEach(TestServer::close);
    etcd.close();
  }

  private void begin() {
    MortalStore store = new MortalStore(new EtcdStore(etcd.config()));
    stores.add(store);
    TestServer server = QuotaWrites.server(store);
    ALL.forEach(cluster -> server.clusters.put(cluster, Phase.ACTIVE, Set.of("default")));
    servers.add(server);
  }

  private TestClient client(int server) {
    return servers.get(server).client();
  }

  private Lineage lineage(int server) {
    TestServer one = servers.get(server);
    return new Lineage(r -> one.store, one.caches, KINDS::ofCluster, Clock.systemUTC());
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private int map(int server, String cluster, String name) {
    String path = "/clusters/" + cluster + "/api/v1/namespaces/default/configmaps";
    return client(server).post(path, json("{'metadata':{'name':'" + name + "'}}")).code();
  }

  private int unmap(String cluster, String name) {
    String path = "/clusters/" + cluster + "/api/v1/namespaces/default/configmaps/";
    return client(0).delete(path + name, "").code();
  }

  private void quota(String name, String tenant, String hard) {
    String spec = "'spec':{'tenant':'" + tenant + "','hard':" + hard + "}";
    var made = client(0).post(QUOTAS, json("{'metadata':{'name':'" + name + "'}," + spec + "}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private void awaitUsed(String quota, String dimension, String amount) {
    Deadline.await(() ->
        client(1)
            .get(QUOTAS + "/" + quota)
            .json()
            .path("status")
            .path("used")
            .path(dimension)
            .asString("")
            .equals(amount));
  }

  @Test
  void aParentsQuotaBindsAllBelowIt() {
    assertThat(lineage(0).place("wing", "house")).isTrue();
    assertThat(lineage(0).place("acme", "wing")).isTrue();
    quota("h", "house", "{'count/configmaps':'4'}");
    quota("w", "wing", "{'count/configmaps':'3'}");
    assertThat(map(0, "acme", "a")).isEqualTo(201);
    assertThat(map(1, "wing", "b")).isEqualTo(201);
    assertThat(map(1, "globex", "free")).isEqualTo(201);
    assertThat(map(1, "acme", "c")).isEqualTo(201);
    assertThat(map(0, "acme", "d")).as("the wing is full").isEqualTo(403);
    assertThat(map(0, "house", "d")).isEqualTo(201);
    assertThat(map(0, "house", "e")).as("the house is full").isEqualTo(403);
    awaitUsed("h", "count/configmaps", "4");
    awaitUsed("w", "count/configmaps", "3");

    assertThat(lineage(1).place("globex", "house")).as("comes with what it has").isTrue();
    awaitUsed("h", "count/configmaps", "5");
    assertThat(map(0, "globex", "x")).isEqualTo(403);
    assertThat(unmap("acme", "a")).isEqualTo(200);
    assertThat(map(0, "globex", "x")).as("still full").isEqualTo(403);
    assertThat(lineage(0).place("acme", "")).as("goes with what it has").isTrue();
    awaitUsed("w", "count/configmaps", "1");
    awaitUsed("h", "count/configmaps", "3");
    assertThat(map(1, "acme", "d")).isEqualTo(201);
    assertThat(map(1, "globex", "x")).isEqualTo(201);
    assertThat(map(0, "globex", "y")).isEqualTo(403);
    assertThat(unmap("acme", "d")).isEqualTo(200);
    awaitUsed("h", "count/configmaps", "4");
  }

  @Test
  void everyRevisionAddsUpWhileTenantsMove() throws InterruptedException, ExecutionException {
    assertThat(lineage(0).place("wing", "house")).isTrue();
    assertThat(lineage(0).place("acme", "wing")).isTrue();
    String hard =
        "{'pods':'9','requests.cpu':'5','count/configmaps':'9','etcd.argosy.dev/objects':'100',"
            + "'etcd.argosy.dev/bytes':'60Ki'}";
    quota("house", "house", hard + ",'bands':" + BANDS);
    quota("wing", "wing", "{'pods':'7','count/configmaps':'7'}");
    quota("acme", "acme", "{'pods':'5','requests.storage':'20Gi','count/configmaps':'6'}");
    try (EtcdStore eye = new EtcdStore(etcd.config());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      QuotaRecount recount = new QuotaRecount(eye, "");
      for (int round = 0; round < 2; round++) {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> writing = start(threads, round, over);
        try {
          long end = System.nanoTime() + ROUND.toNanos();
          int exact = 0;
          while (System.nanoTime() < end) {
            exact += recount.requireTenantExact();
          }
          assertThat(exact).isPositive();
          stores.getLast().die();
          recount.requireTenantExact();
        } finally {
          over.set(true);
        }
        servers.removeLast().close(); // or its clients would wait for answers
        for (Future<?> each : writing) {
          each.get();
        }
        begin();
        assertThat(map(servers.size() - 1, "acme", "last" + round)).isIn(201, 403);
        recount.requireTenantExact();
      }
      assertThat(recount.guarantees()).isPositive();
    }
  }

  private List<Future<?>> start(ExecutorService threads, int round, AtomicBoolean over) {
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < 2 * ALL.size(); i++) {
      int server = i % 2 == 0 ? 0 : servers.size() - 1;
      String path = "/clusters/" + ALL.get(i / 2) + "/api/v1/namespaces/default/";
      QuotaWrites writes = new QuotaWrites(client(server), path, random(round * 100L + i));
      writing.add(threads.submit(() -> repeat(writes::one, over)));
    }
    Lineage lineage = lineage(0);
    RandomGenerator random = random(round * 100L + 99);
    writing.add(threads.submit(() -> repeat(() -> move(lineage, random), over)));
    RandomGenerator wishes = random(round * 100L + 98);
    writing.add(threads.submit(() -> repeat(() -> guarantee(wishes), over)));
    return writing;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Guarantees come, go and change, and so do the quotas that have them. */
  private void guarantee(RandomGenerator random) {
    int server = random.nextBoolean() ? 0 : servers.size() - 1;
    String amounts =
        "{'pods':'" + random.nextInt(5) + "','count/configmaps':'" + random.nextInt(5) + "'}";
    String guaranteed = "'guaranteed':" + (random.nextInt(4) == 0 ? "null" : amounts);
    String hard = "'hard':{'pods':'6','count/configmaps':'7'}";
    switch (random.nextInt(5)) {
      case 0 ->
          client(server)
              .post(
                  QUOTAS,
                  json(
                      "{'metadata':{'name':'guest'},'spec':{'tenant':'globex',"
                          + hard
                          + ","
                          + guaranteed
                          + "}}"));
      case 1 -> client(server).delete(QUOTAS + "/guest", "");
      default -> {
        String quota = List.of("wing", "acme", "guest").get(random.nextInt(3));
        String body = json("{'spec':{" + guaranteed + "}}");
        client(server).patch(QUOTAS + "/" + quota, "application/merge-patch+json", body);
      }
    }
  }

  /** As an administrator does now and then, not all the time. */
  private void move(Lineage lineage, RandomGenerator random) {
    String parent = List.of("", "house", "wing").get(random.nextInt(3));
    lineage.place(random.nextBoolean() ? "globex" : "acme", parent);
    for (int i = 0; i < 20; i++) {
      client(0).get(QUOTAS);
    }
  }

  private static void repeat(Runnable write, AtomicBoolean over) {
    while (!over.get()) {
      try {
        write.run();
      } catch (UncheckedIOException e) {
        assertThat(over.get() || String.valueOf(e.getMessage()).contains("timed out"))
            .as("died")
            .isTrue();
      }
    }
  }
}

package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.MortalStore;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written into the namespaces of a tenant through two servers on one etcd, one of which
 * dies again and again: at every single revision the shares of its quotas say what a recount says.
 */
class TenantQuotaExactnessTest {

  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";
  private static final Duration ROUND = Duration.ofSeconds(2);

  @AutoClose private static final EtcdServer ETCD = EtcdServer.start();

  private final List<MortalStore> stores = new ArrayList<>();
  private final List<TestServer> servers = new ArrayList<>();

  @BeforeEach
  void twoServers() {
    begin();
    begin();
  }

  @AfterEach
  void end() {
    servers.forEach(TestServer::close);
  }

  private void begin() {
    MortalStore store = new MortalStore(new EtcdStore(ETCD.config()));
    stores.add(store);
    servers.add(QuotaWrites.server(store));
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  @Test
  void sharesAddUpAtEveryRevision() throws InterruptedException, ExecutionException {
    TestClient client = servers.getFirst().client();
    QuotaWrites.space(client, "left");
    QuotaWrites.space(client, "right");
    String hard =
        "{'pods':'7','requests.cpu':'4','services.nodeports':'4','requests.storage':'30Gi',"
            + "'count/configmaps':'9'},'bands':[{'name':'high','minPriority':1000,"
            + "'kept':{'pods':'3','requests.cpu':'1500m'}}],"
            + "'whenExceeded':'Queue','maxWaiting':3";
    quota(client, "fixed", hard);
    quota(client, "room", "{'etcd.argosy.dev/objects':'32','etcd.argosy.dev/bytes':'20Ki'}");
    try (EtcdStore eye = new EtcdStore(ETCD.config());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      QuotaRecount recount = new QuotaRecount(eye, "");
      for (int round = 0; round < 3; round++) {
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
        assertThat(recount.requireTenantExact()).isPositive();
        begin();
      }
    }
  }

  private static void quota(TestClient client, String name, String hard) {
    String spec = "'spec':{'tenant':'acme','hard':" + hard + "}";
    var made = client.post(QUOTAS, json("{'metadata':{'name':'" + name + "'}," + spec + "}"));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private List<Future<?>> start(ExecutorService threads, int round, AtomicBoolean over) {
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      TestClient client = servers.get(i % 2 == 0 ? 0 : servers.size() - 1).client();
      QuotaWrites writes =
          new QuotaWrites(
              client, QuotaWrites.path(i < 4 ? "left" : "right"), random(round * 100L + i));
      writing.add(threads.submit(() -> repeat(writes::one, over)));
    }
    TestClient client = servers.getFirst().client();
    RandomGenerator random = random(round * 100L + 99);
    writing.add(threads.submit(() -> repeat(() -> quotas(client, random), over)));
    return writing;
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

  /** A second quota comes, goes, and gets other bounds, below what is used too. */
  private static void quotas(TestClient client, RandomGenerator random) {
    String hard =
        "{'pods':'" + random.nextInt(9) + "','count/configmaps':'" + random.nextInt(12) + "'}";
    String band =
        ",'bands':[{'name':'high','minPriority':1000,'kept':{'pods':'" + random.nextInt(4) + "'}}]";
    String bands = random.nextInt(3) == 0 ? ",'bands':null" : band.replace("'3'", "'0'");
    String queue =
        random.nextBoolean()
            ? ",'whenExceeded':'Queue','maxWaiting':" + (1 + random.nextInt(9))
            : ",'whenExceeded':'Reject','maxWaiting':null";
    String spec = "'spec':{'tenant':'acme','hard':" + hard + bands + queue + "}";
    switch (random.nextInt(6)) {
      case 0, 1 -> client.post(QUOTAS, json("{'metadata':{'name':'moving'}," + spec + "}"));
      case 2 -> client.delete(QUOTAS + "/moving", "");
      default ->
          client.patch(QUOTAS + "/moving", "application/merge-patch+json", json("{" + spec + "}"));
    }
    client.get(QUOTAS + "/moving");
    client.get(QuotaWrites.path("left") + "pods");
  }
}

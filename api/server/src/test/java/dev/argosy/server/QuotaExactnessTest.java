package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.Deadline;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is written through two servers on one etcd, at every single revision the shares of a
 * quota say what a recount of that revision says, and soon afterwards the quota does.
 */
class QuotaExactnessTest {

  private static final int WRITERS = 4;
  private static final Duration ROUND = Duration.ofSeconds(3);

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

  private TestClient client(int server) {
    return servers.get(server).client();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyRevisionAddsUp(long seed) throws InterruptedException, ExecutionException {
    String space = "random" + seed;
    QuotaWrites.space(client(0), space);
    AtomicBoolean over = new AtomicBoolean();
    try (EtcdStore eye = new EtcdStore(ETCD.config());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      QuotaRecount recount = new QuotaRecount(eye, space);
      Future<Integer> watching = threads.submit(() -> watch(recount, over));
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < 2 * WRITERS; i++) {
        RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + i);
        QuotaWrites writes = new QuotaWrites(client(i % 2), QuotaWrites.path(space), random);
        writing.add(threads.submit(() -> write(writes)));
      }
      for (Future<?> each : writing) {
        each.get();
      }
      over.set(true);
      assertThat(watching.get()).isPositive();
      recount.requireExact();
      Deadline.await(recount::told);
    }
  }

  private static int write(QuotaWrites writes) {
    long end = System.nanoTime() + ROUND.toNanos();
    int count = 0;
    while (System.nanoTime() < end) {
      writes.one();
      count++;
    }
    return count;
  }

  /** A client of a server that has died waits in vain, or loses its connection. */
  private static void tried(QuotaWrites writes, AtomicBoolean over) {
    try {
      writes.one();
    } catch (UncheckedIOException e) {
      assertThat(over.get() || String.valueOf(e.getMessage()).contains("timed out"))
          .as("died")
          .isTrue();
    }
  }

  private static int watch(QuotaRecount recount, AtomicBoolean over) {
    int exact = 0;
    while (!over.get()) {
      exact += recount.requireExact();
    }
    return exact;
  }

  /** A server that dies in the middle of its writes leaves nothing half paid. */
  @Test
  void deathChargesNothingTwice() throws InterruptedException, ExecutionException {
    String space = "death";
    QuotaWrites.space(client(0), space);
    try (EtcdStore eye = new EtcdStore(ETCD.config());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      QuotaRecount recount = new QuotaRecount(eye, space);
      for (int death = 0; death < 4; death++) {
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < 2 * WRITERS; i++) {
          RandomGenerator random =
              RandomGeneratorFactory.of("L64X128MixRandom").create(death * 100L + i);
          int server = i % 2 == 0 ? 0 : servers.size() - 1;
          QuotaWrites writes = new QuotaWrites(client(server), QuotaWrites.path(space), random);
          writing.add(
              threads.submit(() -> {
                for (int count = 0; count < 5_000 && !over.get(); count++) {
                  tried(writes, over);
                }
              }));
        }
        long end = System.nanoTime() + ROUND.dividedBy(3).toNanos();
        while (System.nanoTime() < end) {
          recount.requireExact();
        }
        stores.getLast().die();
        recount.requireExact();
        over.set(true);
        servers.removeLast().close(); // or its clients would wait for answers
        for (Future<?> each : writing) {
          each.get();
        }
        recount.requireExact();
        begin();
      }
      var fresh = client(servers.size() - 1);
      assertThat(fresh.get(QuotaWrites.path(space) + "pods").code()).isEqualTo(200);
      recount.requireExact();
      Deadline.await(recount::told);
    }
  }
}

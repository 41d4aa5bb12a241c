package dev.argosy.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.quota.Waiting;
import dev.argosy.server.testing.Deadline;
import dev.argosy.server.testing.ServerProcess;
import dev.argosy.server.testing.TestClient;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Creates, deletes, changes, failures and dry runs against quotas of namespaces and of their
 * tenant, by many clients of two servers, each a process of its own, of which one is killed again
 * and again: nothing is admitted past a quota, and at the end what is used is what a recount says.
 * {@code -Dargosy.quota.writes=1000000} for the whole proof.
 */
class QuotaProcessesTest {

  private static final int WRITES = Integer.getInteger("argosy.quota.writes", 1_200);
  private static final int CLIENTS = Integer.getInteger("argosy.quota.clients", 16);
  private static final int KILLS = Integer.getInteger("argosy.quota.kills", 1);
  private static final int SPACES = 4;
  private static final int LOOK = 250;
  private static final String QUOTAS = "/clusters/root/apis/tenancy.argosy.dev/v1/tenantquotas";

  private final List<QuotaRecount> spaces = new ArrayList<>();
  private @Nullable QuotaRecount tenant;
  private final AtomicReferenceArray<ServerProcess> servers = new AtomicReferenceArray<>(2);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final Semaphore kills = new Semaphore(0);

  @Test
  void nothingIsAdmittedPastAQuotaAndNothingLeaks()
      throws InterruptedException, ExecutionException {
    try (EtcdServer etcd = EtcdServer.start();
        EtcdStore eye = new EtcdStore(etcd.config());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> second = threads.submit(() -> start(1, etcd));
      start(0, etcd);
      second.get();
      TestClient client = servers.get(0).client();
      prepare(client, eye);
      List<QuotaWrites> writes = new ArrayList<>();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        QuotaWrites mine = writes(client, i);
        writes.add(mine);
        done.add(threads.submit(() -> write(mine, number)));
      }
      for (int i = 0; i < KILLS; i++) {
        kills.acquire();
        int index = i % 2;
        servers.get(index).kill();
        start(index, etcd);
      }
      for (Future<?> each : done) {
        each.get();
      }
      for (QuotaRecount space : spaces) {
        assertThat(space.requireExact()).isPositive();
        Deadline.await(space::told);
      }
      assertThat(requireNonNull(tenant).requireTenantExact()).isEqualTo(1);
      letIn(eye);
      report(writes);
    } finally {
      for (int i = 0; i < servers.length(); i++) {
        if (servers.get(i) != null) {
          servers.get(i).close();
        }
      }
    }
  }

  private void start(int index, EtcdServer etcd) {
    servers.set(index, ServerProcess.start(etcd.endpoint()));
  }

  private void prepare(TestClient client, EtcdStore eye) {
    for (int i = 0; i < SPACES; i++) {
      QuotaWrites.space(client, "space" + i);
      spaces.add(new QuotaRecount(eye, "space" + i));
    }
    String hard =
        "{'pods':'14','requests.cpu':'9','count/configmaps':'20'},'bands':[{'name':'high',"
            + "'minPriority':1000,'kept':{'pods':'5','requests.cpu':'4'}}],"
            + "'whenExceeded':'Queue','maxWaiting':6";
    var made =
        client.post(
            QUOTAS,
            ("{'metadata':{'name':'fixed'},'spec':{'tenant':'acme','hard':" + hard + "}}")
                .replace('\'', '"'));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    tenant = new QuotaRecount(eye, "");
  }

  private static QuotaWrites writes(TestClient client, int number) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(number);
    return new QuotaWrites(client, QuotaWrites.path("space" + number % SPACES), random);
  }

  private void write(QuotaWrites writes, int number) {
    int server = number % 2;
    for (int count = begun.incrementAndGet(); count <= WRITES; count = begun.incrementAndGet()) {
      if (count % (WRITES / (KILLS + 1)) == 0) {
        kills.release();
      }
      writes.by(servers.get(server).client());
      try {
        writes.one();
      } catch (UncheckedIOException e) { // killed: nobody knows what became of that one
        lost.incrementAndGet();
        server = 1 - server;
      }
      if (count % LOOK == 0) {
        spaces.get(looks.incrementAndGet() % spaces.size()).requireExact();
        requireNonNull(tenant).requireTenantExact();
      }
    }
  }

  /** With room for all, nobody goes on waiting. */
  private void letIn(EtcdStore eye) {
    String more = "{\"spec\":{\"hard\":{\"pods\":\"99\",\"requests.cpu\":\"99\"}}}";
    TestClient client = servers.get(0).client();
    assertThat(client.patch(QUOTAS + "/fixed", "application/merge-patch+json", more).code())
        .isEqualTo(200);
    Deadline.await(() -> eye.list(Waiting.RESOURCE, "acme", 0, null, 0).values().isEmpty());
    assertThat(requireNonNull(tenant).requireTenantExact()).isEqualTo(1);
    Deadline.await(() ->
        client.get(QUOTAS + "/fixed").json().path("status").path("queue").path("waiting").asInt(-1)
            == 0);
  }

  private void report(List<QuotaWrites> writes) {
    Map<Integer, Integer> answers = new TreeMap<>();
    writes.forEach(
        each -> each.answers().forEach((code, count) -> answers.merge(code, count, Integer::sum)));
    assertThat(answers).containsKeys(200, 201, 403, 404, 409);
    System.out.println(
        WRITES
            + " writes, "
            + KILLS
            + " kills, "
            + lost
            + " lost, recounted "
            + looks
            + " times in between; answers by code: "
            + answers);
  }
}

package dev.argosy.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.metric.Metrics;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.FakeClusters;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.usage.UsageKept;
import dev.argosy.tenancy.usage.UsageLedger;
import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageReader;
import dev.argosy.tenancy.usage.UsageTurn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two servers write pods, two meter them; etcd fails before and after commits, meters die between
 * any two steps, connections to PostgreSQL are cut: in the end each moment of each pod is there
 * once.
 */
class MeteringCrashTest {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final ResourceScope SPACE = ResourceScope.namespace(PODS, "acme", "default");
  private static final Clock CLOCK = Clock.systemUTC();

  private final FakeClusters clusters = new FakeClusters();
  private final TurnRecorder recorder = TurnRecorder.of(clusters, Set.of("app"), CLOCK);
  private final Witness witness = new Witness();

  private TestServer server(EtcdServer etcd, ShakyStore.Mood mood) {
    ResourceStore store = new ShakyStore(new EtcdStore(etcd.config()), witness, mood);
    return TestServer.on(store, Map.of(), parts -> parts.turns(recorder));
  }

  @Test
  void nothingTwiceAndNothingLost() throws Exception {
    clusters.put("acme", Phase.ACTIVE, Set.of("default"));
    ShakyStore.Mood mood = new ShakyStore.Mood();
    try (EtcdServer etcd = EtcdServer.start();
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        PlatformDatabase database =
            PlatformDatabase.open(postgres.getPostgresDatabase(), PlatformSchema.entities());
        TestServer one = server(etcd, mood);
        TestServer two = server(etcd, mood);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      mood.shaky = true;
      AtomicBoolean writing = new AtomicBoolean(true);
      List<Future<?>> meters = new ArrayList<>();
      for (TestServer server : List.of(one, two)) {
        meters.add(threads.submit(() -> meter(server, database, writing)));
      }
      meters.add(threads.submit(() -> cut(postgres.getPostgresDatabase(), writing)));
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        int number = i;
        ApiClient client = (i % 2 == 0 ? one : two).admin();
        writers.add(threads.submit(() -> live(client, number)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      for (Future<?> meter : meters) {
        meter.get();
      }
      mood.shaky = false;
      proveExact(one, database, postgres.getPostgresDatabase());
    }
  }

  private void proveExact(TestServer server, PlatformDatabase database, DataSource source)
      throws SQLException {
    MeteringLoop loop = loop(server, database);
    UsageLedger ledger = new UsageLedger(database);
    ledger.alone(loop::pass);
    assertThat(server.store.list(Turns.RESOURCE, "", 0, null, 0).values()).isEmpty();
    Instant now = CLOCK.instant().truncatedTo(ChronoUnit.MICROS);
    assertThat(witness.turns()).as("something was written").isGreaterThan(60);
    assertThat(totals(database, now)).isEqualByComparingTo(witness.total(now));
    assertThat(
            number(
                source,
                "select count(*) from usage_interval a join usage_interval b on"
                    + " a.uid = b.uid and a.starts_at < b.starts_at and a.ends_at > b.starts_at"))
        .as("no moment twice")
        .isZero();
    assertThat(number(source, "select count(*) from usage_subject where allocated <> '{}'"))
        .as("what runs")
        .isEqualTo(witness.running());
    long revision = server.store.currentRevision();
    List<UsageTurn> states =
        new Recount(server.caches, recorder, Set.of("app")).at(revision, now).orElseThrow();
    assertThat(states).hasSize((int) witness.running());
    assertThat(ledger.alone(pass -> pass.recount(states, revision, now)))
        .as("nothing to mend")
        .contains(0L);
  }

  private static long number(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static BigDecimal totals(PlatformDatabase database, Instant now) {
    Instant hour = now.truncatedTo(ChronoUnit.HOURS);
    UsageQuery query =
        new UsageQuery(
            hour.minus(Duration.ofHours(2)),
            hour.plus(Duration.ofHours(1)),
            Optional.of(new UsageQuery.Tenant("acme", Optional.empty())),
            UsageQuery.Step.TOTAL,
            List.of());
    return new UsageReader(database, Duration.ofSeconds(20))
        .sums(query, now, 100).stream()
            .filter(sum -> sum.resource().equals("cpu"))
            .map(sum -> sum.allocated())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private MeteringLoop loop(TestServer server, PlatformDatabase database) {
    return new MeteringLoop(
        new UsageLedger(database),
        new TurnQueue(server.store),
        new Recount(server.caches, recorder, Set.of("app")),
        new MeteringLoop.Pace(Duration.ofSeconds(1), UsageKept.DEFAULT),
        new MeteringLoop.Means(CLOCK, Metrics.none(), now -> {}));
  }

  /** A meter that dies by every failure, and begins anew. */
  private void meter(TestServer server, PlatformDatabase database, AtomicBoolean going) {
    UsageLedger ledger = new UsageLedger(database);
    MeteringLoop loop = loop(server, database);
    while (going.get()) {
      try {
        ledger.alone(loop::pass);
      } catch (RuntimeException e) {
        loop = loop(server, database);
      }
    }
  }

  /** Cuts the connection of the meter that is at work. */
  private static void cut(DataSource source, AtomicBoolean going) {
    while (going.get()) {
      try {
        number(
            source,
            "select count(pg_terminate_backend(pid)) from pg_locks, pg_sleep(0.3) where locktype ="
                + " 'advisory' and granted");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Pods that come, grow and go, as far as the server lets them. */
  private static void live(ApiClient client, int number) {
    Random random = new Random(number);
    for (int i = 0; i < 40; i++) {
      String name = "p" + number + "-" + random.nextInt(4);
      ObjectKey key = new ObjectKey(PODS, "acme", "default", name);
      try {
        ApiResult<?> result =
            switch (random.nextInt(3)) {
              case 0, 1 -> client.create(SPACE, pod(name, 1 + random.nextInt(9)));
              default -> client.delete(key, new DeleteOptions(0L, null, null, null));
            };
        assertThat(result).isNotNull();
      } catch (RuntimeException e) {
        assertThat(e).as("a failing store").isNotNull();
      }
    }
  }

  private static ObjectNode pod(String name, int tenths) {
    return Json.parse(
        """
        {"metadata":{"name":"%s","labels":{"app":"a"}},"spec":{"nodeName":"n1","containers":[{"name":"c",
        "image":"i","resources":{"requests":{"cpu":"%d00m"}}}]}}
        """
            .formatted(name, tenths)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Knows every turn that etcd has really taken. */
  static final class Witness {
    private final List<UsageTurn> turns = new ArrayList<>();

    synchronized void saw(UsageTurn turn) {
      turns.add(turn);
    }

    private synchronized Map<String, List<UsageTurn>> lives() {
      Map<String, List<UsageTurn>> lives = new HashMap<>();
      turns.stream()
          .sorted(Comparator.comparingLong(UsageTurn::revision))
          .forEach(turn -> lives.computeIfAbsent(turn.uid(), u -> new ArrayList<>()).add(turn));
      return lives;
    }

    synchronized int turns() {
      return turns.size();
    }

    long running() {
      return lives().values().stream()
          .filter(life -> !life.getLast().allocated().isEmpty())
          .count();
    }

    BigDecimal total(Instant now) {
      BigDecimal total = BigDecimal.ZERO;
      for (List<UsageTurn> life : lives().values()) {
        for (int i = 0; i < life.size(); i++) {
          Instant end = i + 1 < life.size() ? life.get(i + 1).at() : now;
          long micros =
              ChronoUnit.MICROS.between(
                  life.get(i).at().truncatedTo(ChronoUnit.MICROS),
                  end.truncatedTo(ChronoUnit.MICROS));
          BigDecimal cores = life.get(i).allocated().getOrDefault("cpu", BigDecimal.ZERO);
          total = total.add(cores.multiply(BigDecimal.valueOf(micros, 6)));
        }
      }
      return total;
    }
  }
}

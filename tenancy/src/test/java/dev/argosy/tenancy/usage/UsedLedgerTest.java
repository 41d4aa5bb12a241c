package dev.argosy.tenancy.usage;

import static dev.argosy.tenancy.usage.UsageRig.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.use.Counters;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.Moment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What counters have grown by counts once, whatever comes twice, late, out of order or not at all.
 */
class UsedLedgerTest {

  private static final Instant FROM = at("2026-01-30T00:00:00Z");
  private static final Instant UNTIL = at("2026-02-03T00:00:00Z");
  private static final Instant NOON = at("2026-01-30T12:00:00Z");
  private static final long GIB = 1L << 30;
  private static UsageRig rig;
  private static UsedLedger ledger;

  @BeforeAll
  static void start() throws Exception {
    rig = new UsageRig();
    ledger = new UsedLedger(rig.database, Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @BeforeEach
  void clear() throws Exception {
    rig.clear();
    rig.close(FROM.plusSeconds(60), 0);
  }

  private static InstanceUse use(
      String id, long startedAgo, long seenAgo, long uptime, Counters counters) {
    return new InstanceUse(
        id, "c", new Moment(startedAgo * 1000, seenAgo * 1000, uptime * 1000, false), counters);
  }

  private static Counters counters(double cpuSeconds, long memory, long received, long sent) {
    return new Counters(Math.round(cpuSeconds * 1e9), memory, received, sent);
  }

  private static UsedPod pod(String uid, InstanceUse... uses) {
    UsageTurn.Subject subject =
        new UsageTurn.Subject("acme", "acme-uid", "Pod", "default", uid, "n1");
    return new UsedPod(
        uid,
        Optional.of(new UsedPod.Whose(subject, Map.of("app", uid.substring(0, 1)))),
        List.of(uses));
  }

  private static boolean keep(Instant now, UsedPod... pods) {
    return ledger.keep(new UsedReport("n1", 4, 8.0 * GIB, List.of(pods)), now);
  }

  private static Map<String, BigDecimal> used() {
    return rig.used(FROM, UNTIL, NOON.plus(Duration.ofDays(2)));
  }

  private static BigDecimal plain(String amount) {
    return new BigDecimal(amount).stripTrailingZeros();
  }

  @Test
  void countsWhatCountersGrowBy() {
    keep(NOON, pod("a", use("i", 60, 0, 1000, counters(6, GIB, 100, 50))));
    assertThat(used())
        .isEqualTo(
            Map.of(
                "acme/cpu",
                plain("6"),
                "acme/memory",
                plain(String.valueOf(60 * GIB)),
                "acme/network.in",
                plain("100"),
                "acme/network.out",
                plain("50")));
    // a minute later: 3 s more, half as much memory
    keep(NOON.plusSeconds(60), pod("a", use("i", 120, 0, 1060, counters(9, GIB / 2, 100, 80))));
    assertThat(used())
        .containsEntry("acme/cpu", plain("9"))
        .containsEntry("acme/memory", plain(String.valueOf(105 * GIB)))
        .containsEntry("acme/network.in", plain("100"))
        .containsEntry("acme/network.out", plain("80"));
  }

  @Test
  void whatComesTwiceLateOrOutOfOrderChangesNothing() {
    UsedPod first = pod("a", use("i", 60, 0, 1000, counters(6, 0, 0, 0)));
    UsedPod second = pod("a", use("i", 75, 0, 1015, counters(7, 0, 0, 0)));
    UsedPod third = pod("a", use("i", 90, 0, 1030, counters(9, 0, 0, 0)));
    assertThat(keep(NOON, first)).isTrue();
    assertThat(keep(NOON, first)).isTrue();
    assertThat(keep(NOON.plusSeconds(31), third)).isTrue();
    assertThat(keep(NOON.plusSeconds(32), second)).isTrue();
    assertThat(keep(NOON.plusSeconds(99), first, third, second)).isTrue();
    assertThat(used()).isEqualTo(Map.of("acme/cpu", plain("9")));
  }

  @Test
  void aRestartedContainerBeginsAnew() {
    keep(NOON, pod("a", use("i1", 60, 0, 1000, counters(6, 0, 0, 0))));
    keep(
        NOON.plusSeconds(20),
        pod(
            "a",
            use("i1", 80, 10, 1010, counters(7, 0, 0, 0)),
            use("i2", 5, 0, 1020, counters(2, 0, 0, 0))));
    assertThat(used()).isEqualTo(Map.of("acme/cpu", plain("9")));
  }

  @Test
  void whatIsUsedFallsIntoItsHours() throws Exception {
    Instant begin = NOON.minusSeconds(1800);
    keep(begin, pod("a", use("i", 60, 0, 1000, counters(0, 0, 0, 0))));
    // the node was out of reach for two hours
    keep(begin.plusSeconds(7200), pod("a", use("i", 7260, 0, 8200, counters(7200, 0, 800, 0))));
    List<String> hours =
        rig.texts(
            "select to_char(hour at time zone 'UTC', 'HH24') || ' ' || trim_scale(cpu) || ' ' ||"
                + " trim_scale(received) from usage_used order by hour");
    assertThat(hours).containsExactly("11 1800 200", "12 3600 400", "13 1800 200");
    Map<String, BigDecimal> before = used();
    rig.close(NOON.plusSeconds(7200 + 60), 0);
    assertThat(used()).isEqualTo(before);
    assertThat(rig.texts("select count(*) from usage_hour where used is not null"))
        .containsExactly("6");
    // late, into hours that were summed up
    keep(NOON.plusSeconds(7300), pod("b", use("i", 5000, 4000, 5000, counters(1000, 0, 0, 0))));
    assertThat(used()).containsEntry("acme/cpu", plain("8200"));
    rig.close(NOON.plusSeconds(7400), 0);
    assertThat(used()).containsEntry("acme/cpu", plain("8200"));
    assertThat(rig.texts("select sum(used) from usage_day where resource = 'cpu'"))
        .singleElement()
        .asString()
        .startsWith("8200");
  }

  @Test
  void standsBesideWhatIsAllocated() {
    rig.apply(10, NOON, UsageRig.turn("a", 9, NOON.minusSeconds(3600), "2"));
    keep(NOON, pod("a", use("i", 3600, 0, 4000, counters(900, 0, 7, 0))));
    rig.close(NOON.plusSeconds(60), 10);
    UsageQuery query =
        new UsageQuery(
            FROM,
            NOON,
            Optional.empty(),
            UsageQuery.Step.TOTAL,
            List.of(new UsageQuery.ByLabel("app")));
    assertThat(rig.reader.sums(query, NOON, 10))
        .extracting(sum ->
            sum.groups().getFirst()
                + " "
                + sum.resource()
                + " "
                + sum.allocated().stripTrailingZeros().toPlainString()
                + " "
                + sum.used().orElseThrow().stripTrailingZeros().toPlainString())
        .containsExactly("a cpu 7200 900", "a network.in 0 7");
  }

  @Test
  void nothingCountsFromBeforeUseWasMetered() {
    // began two hours before: what it had used by then nobody knows
    keep(
        FROM.plusSeconds(3600),
        pod("old", use("i", 10_800, 0, 20_000, counters(5000, GIB, 10, 10))));
    assertThat(used()).doesNotContainKeys("acme/cpu", "acme/network.in", "acme/memory");
    keep(
        FROM.plusSeconds(3660),
        pod("old", use("i", 10_860, 0, 20_060, counters(5030, GIB, 15, 10))));
    assertThat(used())
        .containsEntry("acme/cpu", plain("30"))
        .containsEntry("acme/memory", plain(String.valueOf(60 * GIB)))
        .containsEntry("acme/network.in", plain("5"));
  }

  @Test
  void whatCannotBeTrueIsRefusedAndSeen() throws Exception {
    keep(NOON, pod("a", use("i", 60, 0, 1000, counters(6, GIB, 100, 50))));
    Map<String, BigDecimal> before = used();
    Instant now = NOON.plusSeconds(15);
    // 4 cores cannot do 1000 s in 15; 8 GiB are not 100; a counter does not go back; no link is
    // that fast
    for (Counters lie :
        List.of(
            counters(1006, GIB, 100, 50),
            counters(6, 100 * GIB, 100, 50),
            counters(5, GIB, 100, 50),
            counters(6, GIB, Long.MAX_VALUE, 50),
            new Counters(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))) {
      keep(now, pod("a", use("i", 75, 0, 1015, lie)));
    }
    // nor by pretending that containers have run for years
    for (int i = 0; i < 3; i++) {
      keep(now, pod("a", use("new" + i, 90_000_000, 0, 90_000_000, counters(3e6, 0, 0, 0))));
    }
    assertThat(used()).isEqualTo(before);
    UsedLedger.Reporter reporter = ledger.reporters().getFirst();
    assertThat(reporter.refused()).isEqualTo(5);
    assertThat(reporter.refusal()).isEqualTo("pod a cannot have used that much");
    assertThat(reporter.reportedAt()).isEqualTo(now);
    keep(now, pod("a", use("i", 75, 0, 1015, counters(9, GIB, 101, 50))));
    assertThat(used()).containsEntry("acme/cpu", plain("9"));
  }

  @Test
  void aNodeSpeaksForItsOwnPodsOnly() {
    UsedPod strange =
        new UsedPod("a", Optional.empty(), List.of(use("i", 3600, 0, 4000, counters(6, 0, 0, 0))));
    assertThat(keep(NOON, strange)).isTrue();
    assertThat(used()).isEmpty();
    assertThat(ledger.reporters().getFirst().refusal()).isEqualTo("pod a is not on this node");
    // it was on the node: the ledger knows, though the pod is gone
    rig.apply(
        20,
        NOON,
        UsageRig.turn("a", 9, NOON.minusSeconds(3600), "2"),
        UsageRig.turn("a", 19, NOON.minusSeconds(5), ""));
    assertThat(keep(NOON.plusSeconds(5), strange)).isTrue();
    assertThat(used()).containsEntry("acme/cpu", plain("6"));
    // and on no other
    UsedPod gone =
        new UsedPod("a", Optional.empty(), List.of(use("j", 3600, 0, 4000, counters(6, 0, 0, 0))));
    ledger.keep(new UsedReport("n2", 4, 8.0 * GIB, List.of(gone)), NOON.plusSeconds(6));
    assertThat(used()).containsEntry("acme/cpu", plain("6"));
    // one that ended a moment ago and is not known yet is to be said again
    InstanceUse ended =
        new InstanceUse("k", "c", new Moment(2000, 1000, 5, true), counters(1, 0, 0, 0));
    assertThat(keep(NOON, new UsedPod("fresh", Optional.empty(), List.of(ended)))).isFalse();
  }

  /** A pod's containers on a node, as they really are. */
  private static final class World {
    final Random random;
    final Map<String, Double> cpu = new HashMap<>();
    final Map<String, Long> received = new HashMap<>();
    final Map<String, Long> started = new HashMap<>();
    long uptime = 10_000;
    int made;

    World(long seed) {
      random = new Random(seed);
    }

    Instant now() {
      return FROM.plusSeconds(uptime);
    }

    void step() {
      uptime += 1 + random.nextInt(900);
      if (started.isEmpty() || random.nextInt(5) == 0) {
        started.put("i" + made++, uptime);
      }
      started.forEach((id, at) -> {
        cpu.merge(id, Math.min(uptime - at, random.nextInt(50)) / 8.0, Double::sum);
        received.merge(id, (long) random.nextInt(1_000_000), Long::sum);
      });
    }

    UsedPod report() {
      List<InstanceUse> uses = new ArrayList<>();
      started.forEach((id, at) ->
          uses.add(
              use(
                  id,
                  uptime - at,
                  0,
                  uptime,
                  counters(cpu.getOrDefault(id, 0.0), 0, received.getOrDefault(id, 0L), 0))));
      return pod("a", uses.toArray(InstanceUse[]::new));
    }

    double allCpu() {
      return cpu.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    long allReceived() {
      return received.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSumIsWhatWasUsed(long seed) throws Exception {
    World world = new World(seed);
    List<UsedPod> sent = new ArrayList<>();
    try (ExecutorService servers = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 80; i++) {
        world.step();
        sent.add(world.report());
        Instant now = world.now();
        List<Future<?>> running = new ArrayList<>();
        // lost; heard by one server; by two at once; with an old one again; while hours are closed
        for (int times = world.random.nextInt(3); times > 0; times--) {
          running.add(servers.submit(() -> keep(now, sent.getLast())));
        }
        if (world.random.nextBoolean()) {
          UsedPod old = sent.get(world.random.nextInt(sent.size()));
          running.add(servers.submit(() -> keep(now, old)));
        }
        if (world.random.nextInt(3) == 0) {
          running.add(servers.submit(() -> rig.close(now, 0)));
        }
        if (world.random.nextInt(5) == 0) {
          kill(); // whoever is at it dies, and its transaction with it
        }
        for (Future<?> one : running) {
          await(one);
        }
      }
    }
    keep(world.now(), world.report());
    for (int i = 0; i < 2; i++) {
      assertThat(used().get("acme/cpu")).isEqualByComparingTo(BigDecimal.valueOf(world.allCpu()));
      assertThat(used().get("acme/network.in"))
          .isEqualByComparingTo(BigDecimal.valueOf(world.allReceived()));
      rig.close(world.now().plusSeconds(7200), 0);
    }
    assertThat(ledger.reporters().getFirst().refused()).isZero();
  }

  private static void await(Future<?> one) throws InterruptedException {
    try {
      one.get();
    } catch (java.util.concurrent.ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(jakarta.persistence.PersistenceException.class);
    }
  }

  private static void kill() throws Exception {
    rig.texts(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and"
            + " state = 'active' and query like '%usage_%'");
  }
}

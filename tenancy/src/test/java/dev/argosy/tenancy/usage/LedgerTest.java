package dev.argosy.tenancy.usage;

import static dev.argosy.tenancy.usage.UsageRig.at;
import static dev.argosy.tenancy.usage.UsageRig.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each moment of each subject counts once, whatever comes twice, late or in between. */
class LedgerTest {

  private static final Instant FROM = at("2026-01-30T00:00:00Z");
  private static final Instant UNTIL = at("2026-02-03T00:00:00Z");
  private static UsageRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new UsageRig();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @BeforeEach
  void clear() throws Exception {
    rig.clear();
  }

  private static Map<String, BigDecimal> totals(String now) {
    return rig.totals(FROM, UNTIL, at(now));
  }

  private static BigDecimal seconds(String amount) {
    return new BigDecimal(amount).stripTrailingZeros();
  }

  @Test
  void countsFromBeginToEnd() {
    UsageTurn begin = turn("a", 10, at("2026-01-30T10:15:00Z"), "0.5");
    UsageTurn end = turn("a", 20, at("2026-01-30T12:00:00.5Z"), "");
    rig.apply(10, at("2026-01-30T10:15:05Z"), begin);
    assertThat(totals("2026-01-30T10:15:10Z")).containsEntry("acme/cpu", seconds("5"));
    assertThat(totals("2026-01-30T11:15:00Z")).containsEntry("acme/cpu", seconds("1800"));
    assertThat(rig.close(at("2026-01-30T11:30:00Z"), 10)).isEqualTo(1);
    assertThat(totals("2026-01-30T11:15:00Z")).containsEntry("acme/cpu", seconds("1800"));
    rig.apply(20, at("2026-01-30T13:00:00Z"), end);
    for (String now : List.of("2026-01-30T13:00:00Z", "2026-02-02T23:00:00Z")) {
      assertThat(totals(now)).containsEntry("acme/cpu", seconds("3150.25"));
    }
    rig.close(at("2026-02-02T23:00:00Z"), 20);
    assertThat(totals("2026-02-02T23:00:00Z")).containsEntry("acme/cpu", seconds("3150.25"));
  }

  @Test
  void whatComesAgainChangesNothing() throws Exception {
    UsageTurn begin = turn("a", 10, at("2026-01-30T10:00:00Z"), "1");
    UsageTurn more = turn("a", 15, at("2026-01-30T10:10:00Z"), "2");
    UsageTurn end = turn("a", 20, at("2026-01-30T10:20:00Z"), "");
    Instant now = at("2026-01-30T10:30:00Z");
    assertThat(rig.apply(20, now, begin, more)).isEqualTo(2);
    assertThat(rig.apply(20, now, begin, more, end)).isEqualTo(1);
    assertThat(rig.apply(20, now, begin, more, end)).isZero();
    rig.close(at("2026-01-30T11:05:00Z"), 0);
    assertThat(rig.apply(20, at("2026-01-30T11:06:00Z"), begin, more, end)).isZero();
    rig.close(at("2026-01-30T11:07:00Z"), 0);
    assertThat(totals("2026-01-30T12:00:00Z")).isEqualTo(Map.of("acme/cpu", seconds("1800")));
    // forgotten only when none of its turns is left
    rig.close(at("2026-01-30T13:00:00Z"), 19);
    assertThat(rig.texts("select uid from usage_subject")).containsExactly("a");
    rig.close(at("2026-01-30T13:00:00Z"), 20);
    assertThat(rig.texts("select uid from usage_subject")).isEmpty();
    assertThat(totals("2026-01-30T14:00:00Z")).isEqualTo(Map.of("acme/cpu", seconds("1800")));
  }

  @Test
  void anEndThatComesAfterItsHourWasClosedTakesBackTheRest() throws Exception {
    rig.apply(10, at("2026-01-31T22:00:00Z"), turn("a", 10, at("2026-01-31T22:30:00Z"), "1"));
    rig.close(at("2026-02-01T03:10:00Z"), 10);
    assertThat(totals("2026-02-01T03:00:00Z")).containsEntry("acme/cpu", seconds("16200"));
    rig.apply(12, at("2026-02-01T03:11:00Z"), turn("a", 12, at("2026-01-31T23:15:00Z"), ""));
    assertThat(totals("2026-02-01T04:00:00Z")).containsEntry("acme/cpu", seconds("2700"));
    rig.close(at("2026-02-01T04:10:00Z"), 12);
    assertThat(totals("2026-02-01T05:00:00Z")).isEqualTo(Map.of("acme/cpu", seconds("2700")));
    assertThat(rig.texts("select sum(allocated) from usage_day where at >= '2026-02-01Z'"))
        .containsOnlyNulls();
  }

  @Test
  void nothingCountsBeforeThereWasMeteringNorBackwards() {
    rig.apply(
        9,
        at("2026-01-30T01:00:00Z"),
        turn("old", 5, at("2025-06-01T00:00:00Z"), "1"),
        turn("skew", 6, at("2026-01-30T00:30:00Z"), "1"),
        turn("skew", 7, at("2026-01-30T00:29:58Z"), ""));
    assertThat(totals("2026-01-30T01:00:00Z")).containsEntry("acme/cpu", seconds("3600"));
  }

  @Test
  void aRecountMendsWhatServersOfBeforeDid() {
    Instant now = at("2026-01-30T05:30:00Z");
    rig.apply(
        10,
        now,
        turn("same", 3, at("2026-01-30T01:00:00Z"), "1"),
        turn("gone", 4, at("2026-01-30T01:00:00Z"), "1"),
        turn("grown", 5, at("2026-01-30T01:00:00Z"), "1"));
    rig.close(now, 10);
    List<UsageTurn> states =
        List.of(
            turn("same", 3, at("2026-01-30T00:59:00Z"), "1"),
            turn("grown", 9, now, "2"),
            turn("unknown", 8, at("2026-01-30T05:00:00Z"), "4"));
    assertThat(rig.ledger.alone(pass -> pass.recount(states, 10, now))).contains(3L);
    assertThat(rig.ledger.alone(pass -> pass.recount(states, 10, now))).contains(0L);
    // same: 5 h × 1, gone: 4 h × 1, grown: 4.5 h × 1 + 0.5 h × 2, unknown: 1 h × 4
    assertThat(totals("2026-01-30T06:00:00Z"))
        .containsEntry("acme/cpu", seconds(String.valueOf(3600 * (5 + 4 + 4.5 + 1 + 4))));
    // a turn of something that the recount found is known already
    assertThat(rig.apply(11, now, turn("unknown", 8, at("2026-01-30T05:10:00Z"), "4"))).isZero();
  }

  @Test
  void goesOnAfterTheStoreWasSetBack() {
    Instant now = at("2026-01-30T05:00:00Z");
    rig.apply(100, now, turn("a", 90, at("2026-01-30T01:00:00Z"), "1"));
    // the store was restored, and counts from a lower revision
    assertThat(rig.apply(50, now, turn("a", 45, at("2026-01-30T03:00:00Z"), ""))).isEqualTo(1);
    assertThat(totals("2026-01-30T06:00:00Z")).isEqualTo(Map.of("acme/cpu", seconds("7200")));
  }

  @Test
  void tenantsOfOneNameAreNotOne() {
    Instant now = at("2026-01-30T05:00:00Z");
    rig.apply(10, now, turn("a", 9, at("2026-01-30T04:00:00Z"), "1"));
    UsageQuery.Tenant later = new UsageQuery.Tenant("acme", Optional.of("another-uid"));
    UsageQuery query =
        new UsageQuery(FROM, UNTIL, Optional.of(later), UsageQuery.Step.TOTAL, List.of());
    assertThat(rig.reader.sums(query, now, 10)).isEmpty();
    UsageQuery.Tenant same = new UsageQuery.Tenant("acme", Optional.of("acme-uid"));
    query = new UsageQuery(FROM, UNTIL, Optional.of(same), UsageQuery.Step.TOTAL, List.of());
    assertThat(rig.reader.sums(query, now, 10)).hasSize(1);
  }

  @Test
  void sumsByHourNamespaceAndLabel() {
    Instant now = at("2026-01-30T05:30:00Z");
    rig.apply(
        10,
        now,
        turn("a1", 3, at("2026-01-30T03:30:00Z"), "1"),
        turn("b1", 4, at("2026-01-30T04:45:00Z"), "2"));
    rig.close(at("2026-01-30T05:00:01Z"), 10);
    UsageQuery query =
        new UsageQuery(
            FROM,
            UNTIL,
            Optional.empty(),
            UsageQuery.Step.HOUR,
            List.of(new UsageQuery.ByNamespace(), new UsageQuery.ByLabel("app")));
    assertThat(rig.reader.sums(query, now, 100))
        .extracting(sum ->
            sum.at().orElseThrow()
                + " "
                + String.join(" ", sum.groups())
                + " "
                + sum.allocated().stripTrailingZeros().toPlainString()
                + sum.used())
        .containsExactly(
            "2026-01-30T03:00:00Z default a 1800Optional.empty",
            "2026-01-30T04:00:00Z default a 3600Optional.empty",
            "2026-01-30T04:00:00Z default b 1800Optional.empty",
            "2026-01-30T05:00:00Z default a 1800Optional.empty",
            "2026-01-30T05:00:00Z default b 3600Optional.empty");
    assertThat(rig.reader.sums(query, now, 2)).hasSize(2);
    assertThat(rig.reader.levels(Optional.of("acme")))
        .containsExactly(new UsageReader.Level("acme", "acme-uid", "cpu", 3));
    assertThat(rig.reader.levels(Optional.of("globex"))).isEmpty();
  }

  @Test
  void oneAtATimeAndTheRestOfAPassIsNotWrittenWhenItsConnectionBreaks() throws Exception {
    Instant now = at("2026-01-30T05:00:00Z");
    UsageTurn begin = turn("a", 9, at("2026-01-30T04:00:00Z"), "1");
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      assertThatThrownBy(() ->
              rig.ledger.alone(pass -> {
                pass.apply(List.of(begin), 10, now);
                Future<Optional<String>> refused =
                    other.submit(() -> rig.ledger.alone(second -> "alone"));
                assertThat(refused)
                    .succeedsWithin(Duration.ofSeconds(20))
                    .isEqualTo(Optional.empty());
                kill();
                return pass.apply(List.of(turn("b", 10, now, "1")), 10, now);
              }))
          .isInstanceOf(PersistenceException.class);
    }
    assertThat(rig.texts("select uid from usage_subject")).containsExactly("a");
    assertThat(rig.apply(10, now, begin, turn("b", 10, now, "1"))).isEqualTo(1);
  }

  private static void kill() {
    try {
      rig.texts(
          "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void forgetsByMonth() throws Exception {
    rig.apply(10, at("2026-04-20T00:00:00Z"), turn("a", 9, at("2026-01-30T04:00:00Z"), "1"));
    rig.close(at("2026-04-20T00:00:00Z"), 10);
    Map<String, BigDecimal> before = totals("2026-04-20T00:00:00Z");
    UsageKept kept = new UsageKept(Duration.ofDays(7), Duration.ofDays(70), Duration.ofDays(100));
    rig.ledger.alone(pass -> {
      pass.forget(at("2026-05-01T00:00:00Z"), kept);
      return true;
    });
    assertThat(rig.texts("select min(starts_at) at time zone 'UTC' from usage_interval"))
        .containsExactly("2026-04-01 00:00:00");
    assertThat(rig.texts("select min(at) at time zone 'UTC' from usage_hour"))
        .containsExactly("2026-02-01 00:00:00");
    assertThat(rig.texts("select min(at) at time zone 'UTC' from usage_day"))
        .containsExactly("2026-01-30 00:00:00");
    assertThat(totals("2026-04-20T00:00:00Z")).isEqualTo(before);
    rig.apply(11, at("2026-05-01T00:00:00Z"), turn("a", 11, at("2026-04-30T00:00:00Z"), ""));
    rig.close(at("2026-05-01T00:00:00Z"), 11);
  }
}

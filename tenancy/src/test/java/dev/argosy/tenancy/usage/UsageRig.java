package dev.argosy.tenancy.usage;

import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.database.PlatformDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/** A real PostgreSQL with a ledger of usage that begins at {@link #START}. */
final class UsageRig implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-30T00:00:00Z");

  private final EmbeddedPostgres postgres;
  private final DataSource source;
  final PlatformDatabase database;
  final UsageLedger ledger;
  final UsageReader reader;

  UsageRig() throws Exception {
    postgres = EmbeddedPostgres.start();
    source = postgres.getPostgresDatabase();
    database = PlatformDatabase.open(source, PlatformSchema.entities());
    ledger = new UsageLedger(database);
    reader = new UsageReader(database, Duration.ofSeconds(30));
    clear();
  }

  void clear() throws SQLException {
    run(
        "truncate usage_subject, usage_interval, usage_hour, usage_day, usage_due, usage_used,"
            + " usage_counter, usage_reporter; update usage_meter set since = '"
            + START
            + "', used_since = '"
            + START
            + "'");
  }

  static Instant at(String text) {
    return Instant.parse(text);
  }

  /** A turn of a pod of acme, in cores; none: it is over. */
  static UsageTurn turn(String uid, long revision, Instant at, String cores) {
    return turn(uid, "acme", revision, at, cores.isEmpty() ? Map.of() : Map.of("cpu", cores));
  }

  static UsageTurn turn(
      String uid, String cluster, long revision, Instant at, Map<String, String> allocated) {
    TreeMap<String, BigDecimal> amounts = new TreeMap<>();
    allocated.forEach((name, amount) -> amounts.put(name, new BigDecimal(amount)));
    return new UsageTurn(
        uid,
        revision,
        at,
        new UsageTurn.Subject(cluster, cluster + "-uid", "Pod", "default", uid, "n1"),
        Map.of("app", uid.substring(0, 1)),
        amounts);
  }

  long apply(long state, Instant now, UsageTurn... turns) {
    return ledger.alone(pass -> pass.apply(List.of(turns), state, now)).orElseThrow();
  }

  long close(Instant now, long state) {
    return ledger.alone(pass -> pass.close(now, state)).orElseThrow();
  }

  /** Sums of all time by tenant and resource, such as {@code acme/cpu}. */
  Map<String, BigDecimal> totals(Instant from, Instant until, Instant now) {
    UsageQuery query =
        new UsageQuery(
            from,
            until,
            Optional.empty(),
            UsageQuery.Step.TOTAL,
            List.of(new UsageQuery.ByTenant()));
    Map<String, BigDecimal> totals = new HashMap<>();
    for (UsageSum sum : reader.sums(query, now, 1000)) {
      totals.put(
          sum.groups().getFirst() + "/" + sum.resource(), sum.allocated().stripTrailingZeros());
    }
    return totals;
  }

  /** What was used, likewise, such as {@code acme/network.in}. */
  Map<String, BigDecimal> used(Instant from, Instant until, Instant now) {
    UsageQuery query =
        new UsageQuery(
            from,
            until,
            Optional.empty(),
            UsageQuery.Step.TOTAL,
            List.of(new UsageQuery.ByTenant()));
    Map<String, BigDecimal> totals = new HashMap<>();
    for (UsageSum sum : reader.sums(query, now, 1000)) {
      sum.used()
          .ifPresent(used ->
              totals.put(
                  sum.groups().getFirst() + "/" + sum.resource(), used.stripTrailingZeros()));
    }
    return totals;
  }

  void run(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> texts(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  @Override
  public void close() throws Exception {
    database.close();
    postgres.close();
  }
}

package dev.argosy.tenancy.usage;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * One look at usage, alone. Each call is one transaction: done as a whole, or not at all. Belongs
 * to one thread.
 */
public final class UsagePass {

  /** Longer than nodes may take to report: a counter that is forgotten would count anew. */
  private static final Duration COUNTERS = Duration.ofDays(7);

  private final Connection connection;

  UsagePass(Connection connection) {
    this.connection = connection;
  }

  /**
   * Applies turns in the order given; those that were applied before change nothing.
   *
   * @param state the revision at which all turns were read
   * @return how many were new
   */
  public long apply(List<UsageTurn> turns, long state, Instant now) {
    if (turns.isEmpty()) {
      return 0;
    }
    return inTransaction(() -> {
      makeParts(turns, now);
      return count("select usage_apply(cast(? as json), ?)", TurnRows.json(turns), state);
    });
  }

  /**
   * Mends what differs from the state of all subjects that are allocated something, after all turns
   * up to that revision were applied.
   *
   * @param states each with the time when it says that it began
   * @return how many were mended
   */
  public long recount(List<UsageTurn> states, long state, Instant now) {
    return inTransaction(() -> {
      makeParts(states, now);
      return count(
          "select usage_recount(cast(? as json), ?, cast(? as timestamptz))",
          TurnRows.json(states),
          state,
          now.atOffset(ZoneOffset.UTC));
    });
  }

  /**
   * Closes all full hours: writes their intervals and sums.
   *
   * @param state what was over at this revision may be forgotten: none of its turns is left
   * @return how many hours of clusters were summed up
   */
  public long close(Instant now, long state) {
    return inTransaction(() -> {
      makeParts(List.of(), now);
      return count(
          "select usage_close(cast(? as timestamptz), ?)", now.atOffset(ZoneOffset.UTC), state);
    });
  }

  /** Removes what is older than it is kept. */
  public void forget(Instant now, UsageKept kept) {
    UsageParts.dropBefore(connection, "usage_interval", now.minus(kept.intervals()));
    UsageParts.dropBefore(connection, "usage_used", now.minus(kept.intervals()));
    forgetCounters(now.minus(COUNTERS));
    UsageParts.dropBefore(connection, "usage_hour", now.minus(kept.hours()));
    UsageParts.dropBefore(connection, "quota_sample", now.minus(kept.hours()));
    UsageParts.dropBefore(connection, "usage_day", now.minus(kept.days()));
  }

  private void forgetCounters(Instant before) {
    inTransaction(() ->
        count(
            "with counters as (delete from usage_counter where seen_at < cast(? as timestamptz)),"
                + " reporters as (delete from usage_reporter where reported_at < cast(? as"
                + " timestamptz)) select 0",
            before.atOffset(ZoneOffset.UTC),
            before.atOffset(ZoneOffset.UTC)));
  }

  private void makeParts(List<UsageTurn> turns, Instant now) throws SQLException {
    Instant earliest =
        turns.stream().map(UsageTurn::at).min(Instant::compareTo).filter(now::isAfter).orElse(now);
    count(
        "select count(*) from (select usage_make_parts(cast(? as timestamptz), cast(? as"
            + " timestamptz))) made",
        earliest.atOffset(ZoneOffset.UTC),
        now.atOffset(ZoneOffset.UTC));
  }

  /** What is done in a transaction. */
  private interface Work {
    long run() throws SQLException;
  }

  private long inTransaction(Work work) {
    try {
      connection.setAutoCommit(false);
      try {
        long result = work.run();
        connection.commit();
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new PersistenceException(e.getMessage(), e);
    }
  }

  private long count(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

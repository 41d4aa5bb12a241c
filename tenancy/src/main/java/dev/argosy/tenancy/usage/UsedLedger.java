package dev.argosy.tenancy.usage;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what pods use. Any server may write at any time: a report that comes twice, late or out of
 * order adds nothing, as the counters that are accounted for are kept in the same transaction.
 */
public final class UsedLedger {

  private final PlatformDatabase database;
  private final Duration patience;

  /**
   * @param patience how long a report may take
   */
  public UsedLedger(PlatformDatabase database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /**
   * Keeps a report.
   *
   * @return whether all of it that can be true is kept for good; if not, it is to be said again
   * @throws jakarta.persistence.PersistenceException if the database refuses, or takes too long
   */
  public boolean keep(UsedReport report, Instant now) {
    return database.withSql(connection -> {
      limit(connection);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select usage_report(?, cast(? as json), cast(? as json), cast(? as numeric),"
                  + " cast(? as numeric), cast(? as timestamptz))")) {
        statement.setString(1, report.node());
        statement.setString(2, report.podRows());
        statement.setString(3, report.useRows());
        statement.setDouble(4, report.cores());
        statement.setDouble(5, report.memoryBytes());
        statement.setObject(6, now.atOffset(ZoneOffset.UTC));
        try (ResultSet row = statement.executeQuery()) {
          return row.next() && row.getBoolean(1);
        }
      }
    });
  }

  /**
   * A node that reports.
   *
   * @param reportedAt when it was last heard
   * @param refused how many figures of it were refused
   * @param refusal why the last one was; empty if none was
   */
  public record Reporter(String node, Instant reportedAt, long refused, String refusal) {}

  /** All nodes that have reported within a week. */
  public List<Reporter> reporters() {
    return database.withSql(connection -> {
      limit(connection);
      try (PreparedStatement statement =
              connection.prepareStatement(
                  "select node, reported_at, refused, refusal from usage_reporter order by node");
          ResultSet rows = statement.executeQuery()) {
        List<Reporter> all = new ArrayList<>();
        while (rows.next()) {
          all.add(
              new Reporter(
                  rows.getString(1),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  rows.getLong(3),
                  rows.getString(4)));
        }
        return all;
      }
    });
  }

  private void limit(Connection connection) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("set local statement_timeout = " + patience.toMillis());
    }
  }
}

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
 * How much of tenants' quotas was used over time. Any server may write at any time: an hour that is
 * kept stays as it is.
 */
public final class QuotaSamples {

  private static final int BATCH = 1_000;

  private final PlatformDatabase database;
  private final Duration patience;

  /**
   * @param patience how long a question, or a thousand samples, may take
   */
  public QuotaSamples(PlatformDatabase database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /**
   * Keeps samples of one hour, but those that say what was said an hour before of the same day.
   *
   * @return how many were new
   * @throws jakarta.persistence.PersistenceException if the database refuses, or takes too long
   */
  public long keep(List<QuotaSample> samples, Instant hour) {
    long kept = 0;
    for (int from = 0; from < samples.size(); from += BATCH) {
      List<QuotaSample> some = samples.subList(from, Math.min(samples.size(), from + BATCH));
      kept +=
          database.withSql(connection -> {
            limit(connection);
            try (PreparedStatement statement =
                connection.prepareStatement(
                    "select quota_keep_samples(cast(? as json), cast(? as timestamptz))")) {
              statement.setString(1, QuotaSample.rows(some));
              statement.setObject(2, hour.atOffset(ZoneOffset.UTC));
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            }
          });
    }
    return kept;
  }

  /**
   * Samples of a tenant's quotas, by quota and time. What is not said for an hour is as it was an
   * hour before; each day on which somebody looked begins with a sample.
   *
   * @param most at the most; if there are that many there may be more
   * @throws jakarta.persistence.PersistenceException if the database refuses, or takes too long
   */
  public List<QuotaSample> of(
      String cluster, String tenantUid, Instant from, Instant until, int most) {
    return database.withSql(connection -> {
      limit(connection);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select at, quota, used, hard from quota_sample where cluster = ? and tenant_uid = ?"
                  + " and at >= cast(? as timestamptz) and at < cast(? as timestamptz)"
                  + " order by quota, at limit ?")) {
        statement.setString(1, cluster);
        statement.setString(2, tenantUid);
        statement.setObject(3, from.atOffset(ZoneOffset.UTC));
        statement.setObject(4, until.atOffset(ZoneOffset.UTC));
        statement.setInt(5, most);
        return rows(statement, cluster, tenantUid);
      }
    });
  }

  private static List<QuotaSample> rows(
      PreparedStatement statement, String cluster, String tenantUid) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<QuotaSample> all = new ArrayList<>();
      while (rows.next()) {
        all.add(
            new QuotaSample(
                rows.getObject(1, OffsetDateTime.class).toInstant(),
                new QuotaSample.Whose(cluster, tenantUid, rows.getString(2)),
                QuotaSample.read(rows.getString(3)),
                QuotaSample.read(rows.getString(4))));
      }
      return all;
    }
  }

  private void limit(Connection connection) throws SQLException {
    try (Statement set = connection.createStatement()) {
      set.execute("set local statement_timeout = " + patience.toMillis());
    }
  }
}

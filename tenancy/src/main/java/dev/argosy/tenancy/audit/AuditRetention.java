package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Forgets the beginnings of chains. What all chains have done with goes by whole months; what some
 * keep longer than others goes entry by entry. Never stops who adds entries. Any number of servers
 * may try; one at a time does it.
 */
public final class AuditRetention {

  private static final int AT_ONCE = 2_000;

  private final PlatformDatabase database;

  public AuditRetention(PlatformDatabase database) {
    this.database = database;
  }

  /**
   * Forgets what is older than it must be kept.
   *
   * @param kept how long a cluster's entries are kept; those that are kept longest may stay a month
   *     longer
   */
  public void forget(Instant now, Function<String, Duration> kept) {
    database.onConnection(connection -> {
      if (!flag(connection, "select pg_try_advisory_lock(hashtextextended('argosy audit', 0))")) {
        return false;
      }
      try {
        forget(connection, now, kept);
        return true;
      } finally {
        flag(connection, "select pg_advisory_unlock(hashtextextended('argosy audit', 0))");
      }
    });
  }

  private void forget(Connection connection, Instant now, Function<String, Duration> kept)
      throws SQLException {
    Map<String, Duration> chains = new LinkedHashMap<>();
    for (String cluster : clusters(connection)) {
      chains.put(cluster, kept.apply(cluster));
    }
    Duration longest =
        chains.values().stream().max(Duration::compareTo).orElseGet(() -> kept.apply(""));
    for (Map.Entry<String, Duration> chain : chains.entrySet()) {
      if (chain.getValue().compareTo(longest) < 0) {
        forget(connection, chain.getKey(), now.minus(chain.getValue()));
      }
    }
    AuditParts.dropBefore(connection, now.minus(longest));
  }

  /** A little at a time: each statement is a transaction of its own. */
  private static void forget(Connection connection, String cluster, Instant before)
      throws SQLException {
    try (PreparedStatement forget =
        connection.prepareStatement("select audit_forget(?, cast(? as timestamptz), ?)")) {
      forget.setString(1, cluster);
      forget.setString(2, before.toString());
      forget.setInt(3, AT_ONCE);
      long gone;
      do {
        try (ResultSet row = forget.executeQuery()) {
          row.next();
          gone = row.getLong(1);
        }
      } while (gone > 0);
    }
  }

  private static List<String> clusters(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery("select cluster from audit_chain order by cluster")) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  private static boolean flag(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}

package dev.argosy.tenancy.usage;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Function;

/** Writes usage. Any number of servers may try; one at a time does it. */
public final class UsageLedger {

  private static final String LOCK = "(hashtextextended('argosy usage', 0))";

  private final PlatformDatabase database;

  public UsageLedger(PlatformDatabase database) {
    this.database = database;
  }

  /**
   * Does something that no other server does at the same time. If the connection breaks, another
   * may begin at once, and nothing more is written by this one.
   *
   * @return empty if another server is at it
   * @throws jakarta.persistence.PersistenceException if the database refuses
   */
  public <T> Optional<T> alone(Function<UsagePass, T> work) {
    return database.onConnection(connection -> {
      if (!flag(connection, "select pg_try_advisory_lock" + LOCK)) {
        return Optional.empty();
      }
      try {
        return Optional.of(work.apply(new UsagePass(connection)));
      } finally {
        flag(connection, "select pg_advisory_unlock" + LOCK);
      }
    });
  }

  private static boolean flag(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }
}

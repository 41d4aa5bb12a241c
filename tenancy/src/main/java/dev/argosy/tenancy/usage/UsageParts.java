package dev.argosy.tenancy.usage;

import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The monthly parts of a table, and how they end. */
final class UsageParts {

  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu_MM");

  private UsageParts() {}

  /**
   * Drops the parts that lie before a time as a whole; one that is being read stays for now.
   *
   * @param connection where each statement is a transaction
   */
  static void dropBefore(Connection connection, String table, Instant time) {
    try {
      for (String part : all(connection, table)) {
        YearMonth month = YearMonth.parse(part.substring(table.length() + 1), MONTH);
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        if (!end.isAfter(time)) {
          drop(connection, part);
        }
      }
    } catch (SQLException e) {
      throw new PersistenceException(e.getMessage(), e);
    }
  }

  private static void drop(Connection connection, String part) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("set lock_timeout = '2s'");
      try {
        sql.execute("drop table " + part);
      } finally {
        sql.execute("reset lock_timeout");
      }
    }
  }

  private static List<String> all(Connection connection, String table) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                + " where i.inhparent = cast(? as regclass) and c.relname ~ '_[0-9]{4}_[0-9]{2}$'"
                + " order by c.relname")) {
      select.setString(1, table);
      try (ResultSet rows = select.executeQuery()) {
        List<String> all = new ArrayList<>();
        while (rows.next()) {
          all.add(rows.getString(1));
        }
        return all;
      }
    }
  }
}

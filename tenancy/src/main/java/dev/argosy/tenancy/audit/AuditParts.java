package dev.argosy.tenancy.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The monthly parts of the trail, and how they end. */
final class AuditParts {

  private static final String PREFIX = "audit_record_";
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu_MM");

  private AuditParts() {}

  /** How far the end of a part is; a server may have stopped on the way. */
  private enum State {
    ATTACHED,
    DETACHING,
    DETACHED
  }

  private record Part(String table, State state) {
    Instant end() {
      YearMonth month = YearMonth.parse(table.substring(PREFIX.length()), MONTH);
      return month.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
  }

  /**
   * Drops the parts whose entries are all older, with the anchors of their chains set before.
   *
   * @param connection where each statement is a transaction
   */
  static void dropBefore(Connection connection, Instant time) throws SQLException {
    for (Part part : all(connection)) {
      if (!part.end().isAfter(time)) {
        drop(connection, part);
      }
    }
  }

  private static void drop(Connection connection, Part part) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      if (part.state == State.ATTACHED) {
        sql.execute(
            "insert into audit_anchor select distinct on (cluster) cluster, sequence, hash,"
                + " recorded_at from "
                + part.table
                + " order by cluster, sequence desc on conflict (cluster) do update set sequence ="
                + " excluded.sequence, hash = excluded.hash, recorded_at = excluded.recorded_at"
                + " where audit_anchor.sequence < excluded.sequence");
        sql.execute("alter table audit_record detach partition " + part.table + " concurrently");
      } else if (part.state == State.DETACHING) {
        sql.execute("alter table audit_record detach partition " + part.table + " finalize");
      }
      sql.execute("drop table " + part.table);
    }
  }

  private static List<Part> all(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery(
                "select c.relname, i.inhdetachpending from pg_class c left join pg_inherits i on"
                    + " i.inhrelid = c.oid where c.relkind = 'r' and c.relnamespace ="
                    + " (select relnamespace from pg_class where oid = 'audit_record'::regclass)"
                    + " and c.relname ~ '^audit_record_[0-9]{4}_[0-9]{2}$' order by c.relname")) {
      List<Part> all = new ArrayList<>();
      while (rows.next()) {
        boolean detaching = rows.getBoolean(2);
        State state =
            rows.wasNull() ? State.DETACHED : detaching ? State.DETACHING : State.ATTACHED;
        all.add(new Part(rows.getString(1), state));
      }
      return all;
    }
  }
}

package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.audit.ChainFinding.Kind;
import dev.argosy.tenancy.database.PlatformDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Looks whether a cluster's chain is as it was recorded, in one consistent state of the database.
 */
public final class ChainCheck {

  private static final int FETCHED = 500;

  private final PlatformDatabase database;

  public ChainCheck(PlatformDatabase database) {
    this.database = database;
  }

  /**
   * Looks at the entries after a place.
   *
   * @param known a place that was noted before; empty for the beginning, or for where retention has
   *     cut the chain
   * @param most how many entries at most
   */
  public ChainReport check(String cluster, Optional<ChainPoint> known, int most) {
    return database.withSql(connection -> {
      try (Statement state = connection.createStatement()) {
        state.execute("set transaction isolation level repeatable read, read only");
      }
      return new Look(connection, cluster).from(known, most);
    });
  }

  private record Look(Connection connection, String cluster) {

    ChainReport from(Optional<ChainPoint> known, int most) throws SQLException {
      ChainPoint end = point("audit_chain");
      ChainPoint anchor = point("audit_anchor");
      ChainPoint from = known.filter(k -> k.sequence() > anchor.sequence()).orElse(anchor);
      Optional<ChainFinding> wrong =
          known.isPresent() ? noted(known.get(), anchor) : Optional.empty();
      if (wrong.isPresent()) {
        return new ChainReport(from, from, end, 0, wrong);
      }
      ChainLinks links = new ChainLinks(from, this::place);
      Optional<ChainFinding> finding = follow(links, from, most);
      if (finding.isEmpty() && links.entries() < most) {
        finding = links.end(end);
      }
      return new ChainReport(from, links.last(), end, links.entries(), finding);
    }

    private ChainPoint point(String table) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select sequence, hash from " + table + " where cluster = ?")) {
        select.setString(1, cluster);
        try (ResultSet row = select.executeQuery()) {
          return row.next()
              ? new ChainPoint(row.getLong(1), ChainHash.of(row.getBytes(2)))
              : ChainPoint.START;
        }
      }
    }

    /** Whether what was noted is still so. What retention has cut can no longer be told. */
    private Optional<ChainFinding> noted(ChainPoint known, ChainPoint anchor) throws SQLException {
      if (known.sequence() < anchor.sequence()) {
        return Optional.empty();
      }
      Optional<ChainHash> now =
          known.sequence() == anchor.sequence()
              ? Optional.of(anchor.hash())
              : hash(known.sequence());
      if (now.isEmpty()) {
        return Optional.of(
            new ChainFinding(Kind.MISSING, known.sequence(), "it was noted, and is not there"));
      }
      return now.get().equals(known.hash())
          ? Optional.empty()
          : Optional.of(
              new ChainFinding(
                  Kind.REPLACED, known.sequence(), "it is not the one that was noted"));
    }

    private Optional<ChainHash> hash(long sequence) throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select hash from audit_record where cluster = ? and sequence = ?")) {
        select.setString(1, cluster);
        select.setLong(2, sequence);
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(ChainHash.of(row.getBytes(1))) : Optional.empty();
        }
      }
    }

    private Optional<ChainFinding> follow(ChainLinks links, ChainPoint from, int most)
        throws SQLException {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select "
                  + EntryColumns.ALL
                  + " from audit_record where cluster = ? and sequence > ? order by sequence"
                  + " limit ?")) {
        select.setFetchSize(FETCHED);
        select.setString(1, cluster);
        select.setLong(2, from.sequence());
        select.setInt(3, most);
        try (ResultSet rows = select.executeQuery()) {
          Optional<ChainFinding> finding = Optional.empty();
          while (finding.isEmpty() && rows.next()) {
            finding = links.next(EntryColumns.whole(rows));
          }
          return finding;
        }
      }
    }

    /** Looks through the whole chain; asked only when something does not fit. */
    private Optional<Long> place(ChainHash hash) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select sequence from audit_record where cluster = ? and hash = ? limit 1")) {
        select.setString(1, cluster);
        select.setBytes(2, hash.bytes());
        try (ResultSet row = select.executeQuery()) {
          return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

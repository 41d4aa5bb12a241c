package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.audit.AuditPage.Place;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import dev.argosy.tenancy.database.SqlWork;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds entries of the trail, the newest first. */
public final class AuditSearch {

  private static final int WALKED = 20_000;
  private static final String CANCELED = "57014";

  private final PlatformDatabase database;
  private final Duration patience;

  /**
   * A search.
   *
   * @param patience how long a statement may take
   */
  public AuditSearch(PlatformDatabase database, Duration patience) {
    this.database = database;
    this.patience = patience;
  }

  /**
   * A page of those that match.
   *
   * @param after where the page begins
   * @throws SearchTooLongException if it does not end in time
   */
  public AuditPage search(AuditQuery query, Optional<Place> after, int limit) {
    List<AuditRecord> found = bounded(c -> new Run(c, new SearchSql(query)).find(after, limit + 1));
    if (found.size() <= limit) {
      return new AuditPage(found, Optional.empty());
    }
    List<AuditRecord> page = found.subList(0, limit);
    return new AuditPage(page, Optional.of(Place.of(page.getLast())));
  }

  /** One entry with its bodies. */
  public Optional<AuditRecord> find(String cluster, long sequence) {
    Sql sql =
        new Sql()
            .add("select " + EntryColumns.ALL + " from audit_record")
            .add(" where cluster = ? and sequence = ? limit 1", cluster, sequence);
    return bounded(c -> sql.rows(c, EntryColumns::whole)).stream().findFirst();
  }

  private <T> T bounded(SqlWork<T> work) {
    try {
      return database.withSql(connection -> {
        try (Statement set = connection.createStatement()) {
          set.execute("set transaction isolation level repeatable read, read only");
          set.execute("set local statement_timeout = " + patience.toMillis());
        }
        return work.on(connection);
      });
    } catch (PersistenceException e) {
      if (e.getCause() instanceof SQLException told && CANCELED.equals(told.getSQLState())) {
        throw new SearchTooLongException(e);
      }
      throw e;
    }
  }

  private record Run(Connection connection, SearchSql sql) {

    List<AuditRecord> find(Optional<Place> after, int limit) throws SQLException {
      if (sql.unconditional() || !sql.indexed()) {
        return read(sql.inOrder(after, limit));
      }
      List<AuditRecord> newest = read(sql.among(WALKED, after, limit));
      if (newest.size() >= limit) {
        return newest;
      }
      Optional<Place> walked =
          sql.lastOf(WALKED, after).rows(connection, Run::place).stream().findFirst();
      if (walked.isEmpty()) {
        return newest;
      }
      List<AuditRecord> all = new ArrayList<>(newest);
      all.addAll(read(sql.byTerms(walked, limit - newest.size())));
      return all;
    }

    private List<AuditRecord> read(Sql statement) throws SQLException {
      return statement.rows(connection, EntryColumns::shortened);
    }

    private static Place place(ResultSet row) throws SQLException {
      return new Place(
          row.getObject(1, OffsetDateTime.class).toInstant(), row.getString(2), row.getLong(3));
    }
  }
}

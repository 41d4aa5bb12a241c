package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/**
 * Adds to the trail in PostgreSQL. The database makes the chains (see migration V11), so that any
 * number of servers, those of earlier versions among them, add to the same.
 */
public final class AuditLog {

  /** How much is sent at a time, in characters. */
  private static final int PIECE = 4 << 20;

  private final PlatformDatabase database;

  public AuditLog(PlatformDatabase database) {
    this.database = database;
  }

  /** Adds all entries, or none; those of a cluster in the order given. */
  public void append(List<AuditEntry> entries) {
    // in the order of chains in every piece too: servers wait for each other, never in a circle
    List<String> rows =
        entries.stream()
            .sorted(Comparator.comparing(entry -> entry.what().cluster()))
            .map(entry -> NewEntries.json(entry).toString())
            .toList();
    database.withSql(connection -> {
      send(connection, rows);
      return rows.size();
    });
  }

  private static void send(Connection connection, List<String> rows) throws SQLException {
    StringBuilder piece = new StringBuilder();
    for (String row : rows) {
      piece.append(piece.isEmpty() ? '[' : ',').append(row);
      if (piece.length() >= PIECE) {
        send(connection, piece.append(']').toString());
        piece.setLength(0);
      }
    }
    if (!piece.isEmpty()) {
      send(connection, piece.append(']').toString());
    }
  }

  private static void send(Connection connection, String rows) throws SQLException {
    try (PreparedStatement append =
        connection.prepareStatement("select audit_append(cast(? as json))")) {
      append.setString(1, rows);
      append.execute();
    }
  }

  /** Makes room for what is added now and in the months to come; costs little if there is some. */
  public void makeRoom() {
    database.withSql(connection -> {
      try (PreparedStatement make = connection.prepareStatement("select audit_make_parts(2)")) {
        return make.execute();
      }
    });
  }
}

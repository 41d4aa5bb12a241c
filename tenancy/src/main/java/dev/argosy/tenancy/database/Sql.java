package dev.argosy.tenancy.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** SQL text with the values of its marks. Belongs to one thread. */
public final class Sql {

  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  public Sql add(String more, Object... marks) {
    text.append(more);
    for (Object mark : marks) {
      values.add(mark instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : mark);
    }
    return this;
  }

  public Sql add(Sql more) {
    text.append(more.text);
    values.addAll(more.values);
    return this;
  }

  public <T> List<T> rows(Connection connection, RowReader<T> reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        List<T> all = new ArrayList<>();
        while (rows.next()) {
          all.add(reader.read(rows));
        }
        return all;
      }
    }
  }

  /** Makes a value of a row. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

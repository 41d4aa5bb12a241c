package dev.argosy.tenancy.recording;

import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Finds recordings, the newest first. */
public final class RecordingSearch {

  private static final String COLUMNS =
      "cluster, name, namespace, pod, container, user_name, impersonated_user, audit_id,"
          + " subresource, command, started_at, terminal, columns, rows, bytes, lost, state,"
          + " ended_at, outcome";

  private final PlatformDatabase database;

  public RecordingSearch(PlatformDatabase database) {
    this.database = database;
  }

  /** A field that has a value, or has not. */
  public record Condition(RecordingField field, boolean equal, String value) {}

  /** Where a page ended. */
  public record Place(Instant startedAt, String name) {}

  /**
   * Those of a cluster that match.
   *
   * @param after where the page begins
   */
  public List<ExecRecording> search(
      String cluster, List<Condition> conditions, Optional<Place> after, int limit) {
    Sql sql =
        new Sql().add("select " + COLUMNS + " from exec_recording where cluster = ?", cluster);
    for (Condition condition : conditions) {
      String test = condition.equal() ? " = ?" : " <> ?";
      sql.add(" and " + condition.field().column() + test, condition.value());
    }
    after.ifPresent(
        place -> sql.add(" and (started_at, name) < (?, ?)", place.startedAt(), place.name()));
    sql.add(" order by started_at desc, name desc limit ?", limit);
    return database.withSql(connection -> sql.rows(connection, RecordingSearch::read));
  }

  public Optional<ExecRecording> find(String cluster, String name) {
    Sql sql =
        new Sql()
            .add(
                "select " + COLUMNS + " from exec_recording where cluster = ? and name = ?",
                cluster,
                name);
    return database
        .<List<ExecRecording>>withSql(connection -> sql.rows(connection, RecordingSearch::read))
        .stream()
        .findFirst();
  }

  /** A part, as it was kept. */
  public Optional<byte[]> part(ExecRecording.Place place, int part) {
    Sql sql =
        new Sql()
            .add(
                "select content from exec_recording_part where cluster = ? and name = ?",
                place.cluster(),
                place.name())
            .add(" and part = ?", part);
    return database
        .<List<byte[]>>withSql(connection -> sql.rows(connection, row -> row.getBytes(1)))
        .stream()
        .findFirst();
  }

  private static ExecRecording read(ResultSet row) throws SQLException {
    OffsetDateTime ended = row.getObject(18, OffsetDateTime.class);
    return new ExecRecording(
        new ExecRecording.Place(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5)),
        new ExecRecording.Who(row.getString(6), row.getString(7), row.getString(8)),
        new ExecRecording.What(
            row.getString(9),
            row.getString(10),
            row.getObject(11, OffsetDateTime.class).toInstant()),
        new ExecRecording.Screen(row.getBoolean(12), row.getInt(13), row.getInt(14)),
        new ExecRecording.Course(
            row.getLong(15),
            row.getLong(16),
            row.getString(17),
            Optional.ofNullable(ended).map(OffsetDateTime::toInstant),
            row.getString(19)));
  }
}

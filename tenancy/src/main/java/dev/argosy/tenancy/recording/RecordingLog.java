package dev.argosy.tenancy.recording;

import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps sessions, part by part. */
public final class RecordingLog {

  private static final int AT_ONCE = 500;

  private final PlatformDatabase database;

  public RecordingLog(PlatformDatabase database) {
    this.database = database;
  }

  /** A session begins. */
  public void begin(ExecRecording session) {
    ExecRecording.Place place = session.place();
    ExecRecording.Screen screen = session.screen();
    run(
        new Sql()
            .add("insert into exec_recording (cluster, name, namespace, pod, container, user_name,")
            .add(" impersonated_user, subresource, command, audit_id, started_at, terminal,")
            .add(
                " columns, rows, state) values (?, ?, ?, ?, ?",
                place.cluster(),
                place.name(),
                place.namespace(),
                place.pod(),
                place.container())
            .add(
                ", ?, ?, ?, ?, ?",
                session.who().user(),
                session.who().impersonated(),
                session.what().subresource(),
                session.what().command(),
                session.who().auditId())
            .add(
                ", ?, ?, ?, ?, 'Recording') returning 1",
                session.what().startedAt(),
                screen.terminal(),
                screen.columns(),
                screen.rows()));
  }

  /** The next part; doing it twice does no harm. */
  public void add(
      ExecRecording.Place place, int part, @Nullable Long keyId, byte[] content, long bytes) {
    database.withSql(connection -> {
      List<Integer> fresh =
          new Sql()
              .add(
                  "insert into exec_recording_part values (?, ?, ?",
                  place.cluster(),
                  place.name(),
                  part)
              .add(
                  ", cast(nullif(?, '') as bigint), ?)",
                  keyId == null ? "" : keyId.toString(),
                  content)
              .add(" on conflict do nothing returning 1")
              .rows(connection, row -> 1);
      if (!fresh.isEmpty()) {
        new Sql()
            .add(
                "update exec_recording set bytes = bytes + ? where cluster = ?",
                bytes,
                place.cluster())
            .add(" and name = ? returning 1", place.name())
            .rows(connection, row -> 1);
      }
      return fresh;
    });
  }

  /** The terminal's first size. */
  public void sized(ExecRecording.Place place, int columns, int rows) {
    run(
        new Sql()
            .add(
                "update exec_recording set columns = ?, rows = ? where cluster = ?",
                columns,
                rows,
                place.cluster())
            .add(" and name = ? returning 1", place.name()));
  }

  /** It has ended. */
  public void end(ExecRecording.Place place, ExecRecording.Course course) {
    run(
        new Sql()
            .add(
                "update exec_recording set state = ?, lost = ?, ended_at = ?, outcome = ?",
                course.state(),
                course.lost(),
                course.endedAt().orElseThrow(),
                course.outcome())
            .add(" where cluster = ? and name = ? returning 1", place.cluster(), place.name()));
  }

  /**
   * Removes what was begun too long ago.
   *
   * @param oldest of a cluster
   */
  public void forget(Function<String, Instant> oldest) {
    List<String> clusters =
        database.withSql(connection ->
            new Sql()
                .add("select distinct cluster from exec_recording")
                .rows(connection, row -> row.getString(1)));
    for (String cluster : clusters) {
      int gone;
      do {
        gone =
            run(
                new Sql()
                    .add(
                        "delete from exec_recording where (cluster, name) in (select cluster, name")
                    .add(
                        " from exec_recording where cluster = ? and started_at < ? limit ?)",
                        cluster,
                        oldest.apply(cluster),
                        AT_ONCE)
                    .add(" returning 1"));
      } while (gone == AT_ONCE);
    }
  }

  /** Removes all of a cluster. */
  public void erase(String cluster) {
    run(new Sql().add("delete from exec_recording where cluster = ? returning 1", cluster));
  }

  /** The data keys that recordings of a cluster are sealed with. */
  public Set<Long> keys(String cluster) {
    return new HashSet<>(
        database.<List<Long>>withSql(connection ->
            new Sql()
                .add("select distinct key_id from exec_recording_part where cluster = ?", cluster)
                .add(" and key_id is not null")
                .rows(connection, row -> row.getLong(1))));
  }

  private int run(Sql sql) {
    return database.withSql(connection -> sql.rows(connection, row -> 1).size());
  }
}

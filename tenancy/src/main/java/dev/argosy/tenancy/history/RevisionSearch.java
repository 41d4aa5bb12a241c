package dev.argosy.tenancy.history;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import dev.argosy.tenancy.history.RevisionQuery.Condition;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Finds revisions, the newest first. */
public final class RevisionSearch {

  private static final String PAST_COLUMNS =
      "cluster, api_group, resource, namespace, name, feed, id, revision, uid, change, recorded_at,"
          + " gap, content, author, ";

  private static final String ALL =
      "(select "
          + PAST_COLUMNS
          + "null::timestamptz as superseded_at from history_head union all"
          + " select "
          + PAST_COLUMNS
          + "superseded_at from history_past) r left join history_author"
          + " a on r.author is null and a.cluster = r.cluster and a.revision = r.revision and a.feed"
          + " = r.feed";

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final PlatformDatabase database;

  public RevisionSearch(PlatformDatabase database) {
    this.database = database;
  }

  /** A stretch of a feed's history that was gone before it could be recorded. */
  public record Gap(long id, String feed, long after, long until, Instant at) {}

  /** Those that match, without their contents, with ids below one. */
  public List<RecordedRevision> search(RevisionQuery query, long below, int limit) {
    Sql sql = select("", query).add(" and r.id < ?", below);
    for (Condition condition : query.conditions()) {
      String test = condition.equal() ? " = ?" : " <> ?";
      sql.add(" and r." + condition.field().column() + test, condition.value());
    }
    query.since().ifPresent(since -> sql.add(" and r.recorded_at >= ?", since));
    query.until().ifPresent(until -> sql.add(" and r.recorded_at <= ?", until));
    sql.add(" order by r.id desc limit ?", limit);
    return bounded(sql, RecordedRevision::without);
  }

  /** The gaps between two ids, the newest first. */
  public List<Gap> gaps(long above, long below, Instant oldest) {
    Sql sql =
        new Sql()
            .add("select id, feed, after_revision, until_revision, at from history_gap")
            .add(" where id > ? and id < ? and at >= ? order by id desc", above, below, oldest);
    return bounded(
        sql,
        row ->
            new Gap(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getObject(5, java.time.OffsetDateTime.class).toInstant()));
  }

  /** All objects' states at one revision, with their contents: one, as a rule. */
  public List<RecordedRevision> at(RevisionQuery query, long revision) {
    return bounded(
        select(", r.content", query).add(" and r.revision = ? order by r.id desc", revision),
        RecordedRevision::whole);
  }

  /** The last states of an object before an id that have a content, with it, the newest first. */
  public List<RecordedRevision> before(RevisionQuery query, ObjectKey key, long below, int limit) {
    Sql sql = select(", r.content", query);
    of(key, sql).add(" and r.id < ? and r.content is not null", below);
    return bounded(sql.add(" order by r.id desc limit ?", limit), RecordedRevision::whole);
  }

  /** The states of an object between two ids, inclusive, with their contents, the oldest first. */
  public List<RecordedRevision> between(
      RevisionQuery query, ObjectKey key, long from, long to, int limit) {
    Sql sql = select(", r.content", query);
    of(key, sql).add(" and r.id between ? and ?", from, to);
    return bounded(sql.add(" order by r.id limit ?", limit), RecordedRevision::whole);
  }

  private static Sql of(ObjectKey key, Sql sql) {
    return sql.add(
            " and r.api_group = ? and r.resource = ?",
            key.resource().group(),
            key.resource().resource())
        .add(" and r.namespace = ? and r.name = ?", key.namespace(), key.name());
  }

  private static Sql select(String more, RevisionQuery query) {
    return new Sql()
        .add("select " + RecordedRevision.COLUMNS + more + " from " + ALL)
        .add(" where r.cluster = ?", query.cluster())
        .add(" and (r.superseded_at is null or r.superseded_at >= ?)", query.oldest());
  }

  private <T> List<T> bounded(Sql sql, Sql.RowReader<T> reader) {
    return database.withSql(connection -> {
      try (Statement set = connection.createStatement()) {
        set.execute("set local statement_timeout = " + PATIENCE.toMillis());
      }
      return sql.rows(connection, reader);
    });
  }
}

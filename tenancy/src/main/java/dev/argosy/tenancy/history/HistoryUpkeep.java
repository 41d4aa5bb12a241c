package dev.argosy.tenancy.history;

import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps the history in bounds. Any number of servers may call; doing it twice does no harm. */
public final class HistoryUpkeep {

  private static final int AT_ONCE = 2_000;
  private static final int SETTLED_AT_ONCE = 5_000;
  private static final String PART = "history_past_";

  private final PlatformDatabase database;
  private final Bounds bounds;

  /**
   * What is kept at the most.
   *
   * @param kept how long a cluster's revisions are kept after they were replaced
   * @param longest as long as any cluster's
   * @param bytes of the replaced contents of one cluster
   * @param revisions replaced ones of one object
   */
  public record Bounds(
      Function<String, Duration> kept, Supplier<Duration> longest, long bytes, int revisions) {}

  public HistoryUpkeep(PlatformDatabase database, Bounds bounds) {
    this.database = database;
    this.bounds = bounds;
  }

  /** Makes room for the weeks to come. */
  public void makeRoom() {
    one("select history_make_parts(4)");
  }

  /**
   * Moves authors to the revisions that they wrote, once those are recorded; what is left over
   * wrote what is not kept.
   */
  public void settleAuthors() {
    while (settle() == SETTLED_AT_ONCE) {
      // there may be more
    }
  }

  private int settle() {
    return database.withSql(connection ->
        new Sql()
            .add(
                "with chosen as (select a.ctid from history_author a join history_feed f using (feed)")
            .add(
                " where a.at < now() - interval '1 minute' and a.revision <= f.revision limit ?",
                SETTLED_AT_ONCE)
            .add(
                " for update of a skip locked), ripe as (delete from history_author a using chosen")
            .add(" where a.ctid = chosen.ctid returning a.*), heads as (update history_head h set")
            .add(" author = ripe.author from ripe where h.cluster = ripe.cluster and h.revision =")
            .add(
                " ripe.revision and h.feed = ripe.feed), past as (update history_past p set author")
            .add(" = ripe.author from ripe where p.cluster = ripe.cluster and p.revision =")
            .add(" ripe.revision and p.feed = ripe.feed) select count(*) from ripe")
            .rows(connection, row -> row.getInt(1))
            .getFirst());
  }

  /** Removes what is past the bounds. */
  public void forget(Instant now) {
    Instant all = now.minus(bounds.longest().get());
    dropParts(all);
    for (String cluster : clusters()) {
      Instant oldest = now.minus(bounds.kept().apply(cluster));
      remove(new Sql().add(" cluster = ? and superseded_at < ?", cluster, oldest));
    }
    tooMany();
    tooLarge();
    run(new Sql().add("delete from history_gap where at < ? returning 1", all));
  }

  /** Parts that end before a time; those who keep longest may keep a week longer than said. */
  private void dropParts(Instant before) {
    LocalDate day = before.atZone(ZoneOffset.UTC).toLocalDate();
    List<String> parts =
        texts(
            new Sql()
                .add("select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid")
                .add(" where i.inhparent = 'history_past'::regclass order by 1"));
    for (String part : parts) {
      LocalDate first = LocalDate.parse(part.substring(PART.length()).replace('_', '-'));
      if (first.plusDays(7).isBefore(day)) {
        drop(part);
      }
    }
  }

  /** Rather not now than stop those who wait behind it. */
  private void drop(String part) {
    database.withSql(connection -> {
      try (var statement = connection.createStatement()) {
        statement.execute("set local lock_timeout = '3s'");
        return statement.execute("drop table " + part);
      }
    });
  }

  /** The clusters that have a past, found by jumps in the index. */
  private List<String> clusters() {
    return texts(
        new Sql()
            .add("with recursive c as (select min(cluster) as name from history_past union all")
            .add(" select (select min(p.cluster) from history_past p where p.cluster > c.name)")
            .add(" from c where c.name is not null) select name from c where name is not null"));
  }

  private void tooMany() {
    remove(
        new Sql()
            .add(" id in (select id from (select id, row_number() over (partition by cluster,")
            .add(
                " api_group, resource, namespace, name order by id desc) as n from history_past) x")
            .add(" where n > ?)", bounds.revisions()));
  }

  private void tooLarge() {
    List<String> large =
        texts(
            new Sql()
                .add("select cluster from history_past group by cluster")
                .add(" having sum(bytes) > ?", bounds.bytes()));
    for (String cluster : large) {
      remove(
          new Sql()
              .add(" cluster = ? and id in (select id from (select id, sum(bytes) over", cluster)
              .add(" (order by id desc) as total from history_past where cluster = ?) x", cluster)
              .add(" where total > ?)", bounds.bytes()));
    }
  }

  /** Removes all of a cluster for good, also what is recorded only later of it. */
  public void erase(String cluster, long revision) {
    database.withSql(connection -> {
      new Sql()
          .add("insert into history_erasure values (?, ?) on conflict (cluster)", cluster, revision)
          .add(" do update set revision = greatest(history_erasure.revision, excluded.revision)")
          .add(" returning 1")
          .rows(connection, row -> 1);
      for (String table : List.of("history_head", "history_past", "history_author")) {
        erase(connection, table, cluster, revision);
      }
      return 1;
    });
  }

  private static void erase(Connection connection, String table, String cluster, long revision)
      throws SQLException {
    new Sql()
        .add("delete from " + table + " where cluster = ? and revision <= ?", cluster, revision)
        .add(" returning 1")
        .rows(connection, row -> 1);
  }

  /** The data keys that contents of a cluster are sealed with. */
  public Set<Long> keys(String cluster) {
    return new HashSet<>(
        database.<List<Long>>withSql(connection ->
            new Sql()
                .add(
                    "select key_id from history_head where cluster = ? and key_id is not null",
                    cluster)
                .add(" union select key_id from history_past where cluster = ?", cluster)
                .add(" and key_id is not null")
                .rows(connection, row -> row.getLong(1))));
  }

  private void remove(Sql where) {
    int gone;
    do {
      gone =
          run(
              new Sql()
                  .add("delete from history_past where (id, superseded_at) in (select id,")
                  .add(" superseded_at from history_past where")
                  .add(where)
                  .add(" limit ?) returning 1", AT_ONCE));
    } while (gone == AT_ONCE);
  }

  private int run(Sql sql) {
    return database.withSql(connection -> sql.rows(connection, row -> 1).size());
  }

  private void one(String statement) {
    database.withSql(connection -> new Sql().add(statement).rows(connection, row -> 1));
  }

  private List<String> texts(Sql sql) {
    return database.withSql(connection -> sql.rows(connection, row -> row.getString(1)));
  }
}

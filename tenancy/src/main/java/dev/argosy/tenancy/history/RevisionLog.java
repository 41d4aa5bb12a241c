package dev.argosy.tenancy.history;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.database.PlatformDatabase;
import dev.argosy.tenancy.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Records a feed's revisions, each exactly once: what is recorded and how far that goes are one
 * transaction, which only the server that holds the feed can make, and only from where the last one
 * ended. All time is the database's.
 */
public final class RevisionLog {

  private static final int HELD_SECONDS = (int) Duration.ofSeconds(20).toSeconds();

  private static final String HOLD =
      "held_until = now() + make_interval(secs => " + HELD_SECONDS + ")";

  private final PlatformDatabase database;
  private final String feed;
  private final String holder;

  /**
   * The log of one feed, as one server writes it.
   *
   * @param holder tells this server from all others
   */
  public RevisionLog(PlatformDatabase database, String feed, String holder) {
    this.database = database;
    this.feed = feed;
    this.holder = holder;
  }

  /** What to record of these objects, by what was recorded of them last. */
  public interface Decision extends Function<Map<ObjectKey, Head>, List<NewRevision>> {}

  /** Takes the feed if nobody holds it, or holds it on. */
  public FeedPosition take() {
    return database.withSql(connection -> {
      new Sql()
          .add("insert into history_feed values (?, 0, now(), '', '-infinity')", feed)
          .add(" on conflict do nothing returning 1")
          .rows(connection, row -> 1);
      new Sql()
          .add("update history_feed set holder = ?, " + HOLD + " where feed = ?", holder, feed)
          .add(" and (holder = ? or held_until < now()) returning 1", holder)
          .rows(connection, row -> 1);
      return new Sql()
          .add("select revision, holder = ? from history_feed where feed = ?", holder, feed)
          .rows(connection, row -> new FeedPosition(row.getLong(1), row.getBoolean(2)))
          .getFirst();
    });
  }

  /** How far the feed is recorded, by whomever; 0 if not at all. */
  public long position() {
    return database
        .<List<Long>>withSql(connection ->
            new Sql()
                .add("select revision from history_feed where feed = ?", feed)
                .rows(connection, row -> row.getLong(1)))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  /** Lets others take the feed at once. */
  public void leave() {
    database.withSql(connection ->
        new Sql()
            .add("update history_feed set held_until = '-infinity' where feed = ?", feed)
            .add(" and holder = ? returning 1", holder)
            .rows(connection, row -> 1));
  }

  /**
   * Records what happened between two revisions.
   *
   * @param keys of all objects that the decision may record
   * @throws LostFeedException if this is not the next piece
   */
  public void append(long from, long to, Collection<ObjectKey> keys, Decision decision) {
    database.withSql(connection -> {
      Sql move =
          new Sql()
              .add("update history_feed set revision = ?, " + HOLD, to)
              .add(", recorded_at = greatest(now(), recorded_at) where feed = ?", feed)
              .add(" and holder = ? and revision = ? returning recorded_at", holder, from);
      OffsetDateTime at = fenced(connection, move);
      return new Recording(connection, feed, at).record(keys, decision, 0);
    });
  }

  /**
   * Records what is there, at a look over everything at some revision.
   *
   * @param keys of all objects that are there, of this piece
   * @param look the revision
   * @throws LostFeedException if another server holds the feed
   */
  public void look(long look, Collection<ObjectKey> keys, Decision decision) {
    database.withSql(connection ->
        new Recording(connection, feed, hold(connection)).record(keys, decision, look));
  }

  /**
   * Ends a look over everything: what was not there any more is recorded as deleted, and the feed
   * goes on from the revision of the look.
   *
   * @param gap whether the feed's history was lost since what was recorded before
   * @throws LostFeedException if another server holds the feed
   */
  public void endLook(long look, boolean gap) {
    database.withSql(connection -> {
      OffsetDateTime at = hold(connection);
      Recording recording = new Recording(connection, feed, at);
      recording.recordGone(look);
      if (gap) {
        recording.recordGap(look);
      }
      Sql move = new Sql().add("update history_feed set revision = ? where feed = ?", look, feed);
      return move.add(" returning 1").rows(connection, row -> 1);
    });
  }

  /** The resources of which something is recorded as being there. */
  public Set<GroupResource> resources() {
    return new TreeSet<>(
        database.<List<GroupResource>>withSql(connection ->
            new Sql()
                .add("select distinct api_group, resource from history_head where feed = ?", feed)
                .rows(connection, row -> new GroupResource(row.getString(1), row.getString(2)))));
  }

  private OffsetDateTime hold(Connection connection) throws SQLException {
    return fenced(
        connection,
        new Sql()
            .add("update history_feed set " + HOLD + ", recorded_at = greatest(now(), recorded_at)")
            .add(" where feed = ? and holder = ? returning recorded_at", feed, holder));
  }

  private OffsetDateTime fenced(Connection connection, Sql update) throws SQLException {
    return update.rows(connection, row -> row.getObject(1, OffsetDateTime.class)).stream()
        .findFirst()
        .orElseThrow(() -> new LostFeedException(feed));
  }
}

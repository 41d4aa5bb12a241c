package dev.argosy.tenancy.history;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A revision that was recorded.
 *
 * @param id grows with each recorded revision
 * @param gap whether revisions of this object may be missing right before it
 * @param content as the store had it, sealed or not; null of one that is deleted, and in lists.
 *     Must not be changed
 */
public record RecordedRevision(
    long id,
    ObjectKey key,
    Identity of,
    RevisionChange change,
    Times times,
    boolean gap,
    Optional<RevisionAuthor> author,
    byte @Nullable [] content) {

  /** Which revision of which object it is. */
  public record Identity(long revision, String uid) {}

  /**
   * Its times.
   *
   * @param recorded when it was recorded, soon after the write
   * @param superseded when the next one was, or this one if it is a deletion; empty if it is the
   *     present one
   */
  public record Times(Instant recorded, Optional<Instant> superseded) {}

  /** Those of the object's key, in this order, are the first of each statement. */
  static final String COLUMNS =
      "r.cluster, r.api_group, r.resource, r.namespace, r.name, r.id, r.revision, r.uid, r.change,"
          + " r.recorded_at, r.superseded_at, r.gap, coalesce(r.author, a.author)";

  static ObjectKey key(ResultSet row) throws SQLException {
    return new ObjectKey(
        new GroupResource(row.getString(2), row.getString(3)),
        row.getString(1),
        row.getString(4),
        row.getString(5));
  }

  /** Of {@link #COLUMNS}. */
  static RecordedRevision without(ResultSet row) throws SQLException {
    return read(row, null);
  }

  /** Of {@link #COLUMNS} and the content. */
  static RecordedRevision whole(ResultSet row) throws SQLException {
    return read(row, row.getBytes(14));
  }

  private static RecordedRevision read(ResultSet row, byte @Nullable [] content)
      throws SQLException {
    OffsetDateTime superseded = row.getObject(11, OffsetDateTime.class);
    return new RecordedRevision(
        row.getLong(6),
        key(row),
        new Identity(row.getLong(7), row.getString(8)),
        RevisionChange.of(row.getString(9)),
        new Times(
            row.getObject(10, OffsetDateTime.class).toInstant(),
            Optional.ofNullable(superseded).map(OffsetDateTime::toInstant)),
        row.getBoolean(12),
        Optional.ofNullable(row.getString(13)).map(RevisionAuthor::parse),
        content);
  }
}

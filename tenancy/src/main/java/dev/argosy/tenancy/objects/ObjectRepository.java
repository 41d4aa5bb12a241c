package dev.argosy.tenancy.objects;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.database.PlatformDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes documents. Every call is one transaction. */
public final class ObjectRepository {

  /** PostgreSQL's foreign_key_violation. */
  private static final String BROKEN_REFERENCE = "23503";

  private final PlatformDatabase database;
  private final Map<GroupResource, Projection<?, ?>> projections = new HashMap<>();

  public ObjectRepository(PlatformDatabase database, Collection<Projection<?, ?>> projections) {
    this.database = database;
    projections.forEach(p -> this.projections.put(p.resource(), p));
  }

  /** The entity classes of this package. */
  public static List<Class<?>> entities() {
    return List.of(
        RevisionRow.class, NamedRow.class, KeyColumns.class, ObjectRow.class, ChangeRow.class);
  }

  public Optional<StoredDocument> get(ObjectKey key) {
    return database.inTransaction(em -> find(em, key).map(ObjectRow::stored));
  }

  /** The newest committed revision; 1 or more. */
  public long currentRevision() {
    return database.inTransaction(em -> counter(em, LockModeType.NONE).revision());
  }

  /** The revision up to which the past is forgotten. */
  public long compactedRevision() {
    return database.inTransaction(em -> counter(em, LockModeType.NONE).compacted());
  }

  /**
   * Applies all writes under one new revision if every condition holds, else none. Each key at most
   * once. What rows that refer to one another do not allow is refused like a condition that does
   * not hold: somebody wrote the other one in the same moment.
   */
  public WriteOutcome commit(List<Write> writes) {
    try {
      return database.inTransaction(em -> commit(em, writes));
    } catch (PersistenceException e) {
      if (!brokenReference(e)) {
        throw e;
      }
      return database.inTransaction(em -> {
        Map<ObjectKey, @Nullable ObjectRow> rows = new LinkedHashMap<>();
        writes.forEach(write -> rows.put(write.key(), find(em, write.key()).orElse(null)));
        return refused(rows);
      });
    }
  }

  private static boolean brokenReference(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof SQLException said && BROKEN_REFERENCE.equals(said.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private WriteOutcome commit(EntityManager em, List<Write> writes) {
    RevisionRow counter = counter(em, LockModeType.PESSIMISTIC_WRITE);
    Map<ObjectKey, @Nullable ObjectRow> rows = new LinkedHashMap<>();
    boolean holds = true;
    for (Write write : writes) {
      ObjectRow row = find(em, write.key()).orElse(null);
      rows.put(write.key(), row);
      holds &= (row == null ? 0 : row.revision()) == write.expectedRevision();
    }
    if (!holds) {
      return refused(rows);
    }
    if (writes.stream().allMatch(Write.Check.class::isInstance)) {
      return new WriteOutcome.Committed(counter.revision());
    }
    apply(em, writes, rows, counter.next());
    return new WriteOutcome.Committed(counter.revision());
  }

  private static WriteOutcome refused(Map<ObjectKey, @Nullable ObjectRow> rows) {
    Map<ObjectKey, Optional<StoredDocument>> current = new HashMap<>();
    rows.forEach((key, row) -> current.put(key, Optional.ofNullable(row).map(ObjectRow::stored)));
    return new WriteOutcome.Refused(current);
  }

  private void apply(
      EntityManager em,
      List<Write> writes,
      Map<ObjectKey, @Nullable ObjectRow> rows,
      long revision) {
    int ordinal = 0;
    for (Write write : writes) {
      ObjectRow row = rows.get(write.key());
      switch (write) {
        case Write.Put put -> {
          put(em, put, row, revision);
          log(em, revision, ordinal++, put.key(), put.document());
        }
        case Write.Remove remove -> {
          remove(em, remove, row);
          log(em, revision, ordinal++, remove.key(), null);
        }
        case Write.Check check -> {}
      }
    }
  }

  private void put(EntityManager em, Write.Put put, @Nullable ObjectRow row, long revision) {
    ObjectRow target = row == null ? new ObjectRow(new KeyColumns(put.key())) : row;
    target.become(revision, put.document());
    if (row == null) {
      em.persist(target);
    }
    Projection<?, ?> projection = projections.get(put.key().resource());
    if (projection != null) {
      projection.put(em, put.key(), Json.parse(put.document()));
    }
  }

  private void remove(EntityManager em, Write.Remove remove, @Nullable ObjectRow row) {
    if (row != null) {
      em.remove(row);
    }
    Projection<?, ?> projection = projections.get(remove.key().resource());
    if (projection != null) {
      projection.remove(em, remove.key());
    }
  }

  private static void log(
      EntityManager em, long revision, int ordinal, ObjectKey key, byte @Nullable [] document) {
    em.persist(new ChangeRow(revision, ordinal, new KeyColumns(key), document));
  }

  /**
   * Documents of a resource in the order of keys.
   *
   * @param cluster only of this cluster; empty for all
   * @param revision as of this revision; 0 for now
   * @param after begin behind this key; null for the start
   * @param limit at most so many; 0 for all
   * @throws CompactedRevisionException if the revision is too old
   * @throws IllegalArgumentException if it lies in the future
   */
  public DocumentPage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    return database.inTransaction(em -> {
      RevisionRow counter = counter(em, LockModeType.NONE);
      long at = revision == 0 ? counter.revision() : revision;
      if (at > counter.revision()) {
        throw new IllegalArgumentException("revision " + at + " lies in the future");
      }
      List<ChangeRow> rows = History.asOf(em, resource, cluster, at, after, limit);
      em.refresh(counter);
      requireKept(counter, at);
      boolean more = limit > 0 && rows.size() > limit;
      List<StoredDocument> documents = new ArrayList<>();
      for (ChangeRow row : more ? rows.subList(0, limit) : rows) {
        if (row.change() instanceof LoggedChange.Stored stored) {
          documents.add(stored.stored());
        }
      }
      return new DocumentPage(documents, at, more);
    });
  }

  /**
   * The oldest changes above a revision, whole revisions only; empty if there are none.
   *
   * @throws CompactedRevisionException if changes above the revision have been forgotten
   */
  public ChangePage changesAfter(long revision) {
    return database.inTransaction(em -> {
      ChangePage page = History.after(em, revision);
      requireKept(counter(em, LockModeType.NONE), revision);
      return page;
    });
  }

  /** Of a counter read after the rows, so that a compaction in between cannot pass unnoticed. */
  private static void requireKept(RevisionRow counter, long revision) {
    if (revision < counter.compacted()) {
      throw new CompactedRevisionException(revision);
    }
  }

  /** Forgets what no state at the revision or later needs. Safe to call at any time. */
  public void compact(long upTo) {
    database.inTransaction(em -> {
      RevisionRow counter = counter(em, LockModeType.PESSIMISTIC_WRITE);
      if (upTo > counter.compacted() && upTo <= counter.revision()) {
        counter.compactTo(upTo);
        History.forget(em, upTo);
      }
      return upTo;
    });
  }

  private static RevisionRow counter(EntityManager em, LockModeType lock) {
    return em.find(RevisionRow.class, RevisionRow.ONLY, lock);
  }

  private static Optional<ObjectRow> find(EntityManager em, ObjectKey key) {
    TypedQuery<ObjectRow> query =
        em.createQuery(
            "select o from ObjectRow o where o.key.group = :g and o.key.resource = :r"
                + " and o.key.cluster = :c and o.key.namespace = :n and o.key.name = :m",
            ObjectRow.class);
    return query
        .setParameter("g", key.resource().group())
        .setParameter("r", key.resource().resource())
        .setParameter("c", key.cluster())
        .setParameter("n", key.namespace())
        .setParameter("m", key.name())
        .getResultStream()
        .findFirst();
  }
}

package dev.argosy.tenancy.audit;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.time.Instant;
import java.util.List;

/** The trail in PostgreSQL. */
public final class AuditLog {

  private final PlatformDatabase database;

  public AuditLog(PlatformDatabase database) {
    this.database = database;
  }

  /** The entity classes of this package. */
  public static List<Class<?>> entities() {
    return List.of(AuditRow.class);
  }

  /** Adds all entries, or none. */
  public void append(List<AuditEntry> entries) {
    database.inTransaction(em -> {
      entries.forEach(entry -> em.persist(new AuditRow(entry)));
      return entries.size();
    });
  }

  /**
   * The newest entries of a cluster, newest first.
   *
   * @param cluster empty for all clusters
   */
  public List<AuditEntry> newest(String cluster, int limit) {
    return database.inTransaction(em ->
        em.createQuery(
                "select a from AuditRow a where :cluster = '' or a.cluster = :cluster"
                    + " order by a.at desc, a.id desc",
                AuditRow.class)
            .setParameter("cluster", cluster)
            .setMaxResults(limit)
            .getResultStream()
            .map(AuditRow::entry)
            .toList());
  }

  /** Removes what is older; returns how many entries that were. */
  public int forgetBefore(Instant time) {
    return database.inTransaction(em ->
        em.createQuery("delete from AuditRow a where a.at < :time")
            .setParameter("time", time)
            .executeUpdate());
  }
}

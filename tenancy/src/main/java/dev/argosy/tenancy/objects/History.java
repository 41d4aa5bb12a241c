package dev.argosy.tenancy.objects;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queries on the change log. */
final class History {

  /** More than one commit may hold, so that a page always has a whole revision. */
  private static final int PAGE = 1000;

  private static final String AS_OF =
      """
      select * from (
        select distinct on (cluster, namespace, name) *
        from change_log
        where api_group = :g and resource = :r and revision <= :revision
          and (:cluster = '' or cluster = :cluster)
          and (cluster, namespace, name) > (:c, :n, :m)
        order by cluster, namespace, name, revision desc) latest
      where document is not null
      order by cluster, namespace, name
      """;

  private static final String AFTER =
      """
      select * from change_log
      where revision > :revision
      order by revision, ordinal
      """;

  private static final String FORGET =
      """
      delete from change_log old
      where old.revision <= :upTo
        and (old.document is null or exists (
          select 1 from change_log newer
          where newer.api_group = old.api_group and newer.resource = old.resource
            and newer.cluster = old.cluster and newer.namespace = old.namespace
            and newer.name = old.name
            and newer.revision > old.revision and newer.revision <= :upTo))
      """;

  private History() {}

  /** The states at a revision, one more than the limit if there are more. */
  static List<ChangeRow> asOf(
      EntityManager em,
      GroupResource resource,
      String cluster,
      long revision,
      @Nullable ObjectKey after,
      int limit) {
    Query query =
        of(em, AS_OF, resource)
            .setParameter("revision", revision)
            .setParameter("cluster", cluster)
            .setParameter("c", after == null ? "" : after.cluster())
            .setParameter("n", after == null ? "" : after.namespace())
            .setParameter("m", after == null ? "" : after.name());
    if (limit > 0) {
      query.setMaxResults(limit + 1);
    }
    return rows(query);
  }

  /** The next changes, cut between two revisions. */
  static ChangePage after(EntityManager em, long revision) {
    List<ChangeRow> rows =
        rows(
            em.createNativeQuery(AFTER, ChangeRow.class)
                .setParameter("revision", revision)
                .setMaxResults(PAGE));
    boolean more = rows.size() == PAGE;
    long end = more ? rows.getLast().revision() : Long.MAX_VALUE;
    return new ChangePage(
        rows.stream().map(ChangeRow::change).takeWhile(change -> change.revision() < end).toList(),
        more);
  }

  static void forget(EntityManager em, long upTo) {
    em.createNativeQuery(FORGET).setParameter("upTo", upTo).executeUpdate();
  }

  private static Query of(EntityManager em, String sql, GroupResource resource) {
    return em.createNativeQuery(sql, ChangeRow.class)
        .setParameter("g", resource.group())
        .setParameter("r", resource.resource());
  }

  @SuppressWarnings("unchecked") // a native query names its entity at run time
  private static List<ChangeRow> rows(Query query) {
    return query.getResultList();
  }
}

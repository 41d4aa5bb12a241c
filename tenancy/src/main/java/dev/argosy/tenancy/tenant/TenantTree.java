package dev.argosy.tenancy.tenant;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.util.List;

/** Which tenants stand below which, as the database says at that moment. */
public final class TenantTree {

  private final PlatformDatabase database;

  public TenantTree(PlatformDatabase database) {
    this.database = database;
  }

  /** Names of the tenants right below one, in order, at most so many. */
  public List<String> childrenOf(String parent, int most) {
    return database.inTransaction(entities ->
        entities
            .createQuery(
                "select t.name from TenantRow t where t.parent = :parent order by t.name",
                String.class)
            .setParameter("parent", parent)
            .setMaxResults(most)
            .getResultList());
  }

  /** How many levels of tenants there are below one; counts no further than that. */
  public int levelsBelow(String tenant, int most) {
    return database.inTransaction(entities -> {
      Object levels =
          entities
              .createNativeQuery(
                  """
                  with recursive below(name, level) as (
                    select name, 0 from tenant where name = :tenant
                    union all
                    select t.name, b.level + 1 from tenant t join below b on t.parent = b.name
                    where b.level < :most)
                  select coalesce(max(level), 0) from below
                  """)
              .setParameter("tenant", tenant)
              .setParameter("most", most)
              .getSingleResult();
      return ((Number) levels).intValue();
    });
  }
}

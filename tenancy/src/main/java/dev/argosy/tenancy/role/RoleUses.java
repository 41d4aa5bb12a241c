package dev.argosy.tenancy.role;

import dev.argosy.tenancy.database.PlatformDatabase;
import java.util.ArrayList;
import java.util.List;

/** Who names a role of people's own making, as the database says at that moment. */
public final class RoleUses {

  private final PlatformDatabase database;

  public RoleUses(PlatformDatabase database) {
    this.database = database;
  }

  /**
   * What names a role.
   *
   * @param kind Member, ServiceClient or AccessGrant
   */
  public record Use(String kind, String name) {}

  /** Members, then service clients, then grants, by name; at most so many. */
  public List<Use> of(String role, int most) {
    return database.inTransaction(entities -> {
      List<Use> uses = new ArrayList<>();
      for (String[] where :
          new String[][] {
            {"Member", "MemberRow"},
            {"ServiceClient", "ServiceClientRow"},
            {"AccessGrant", "RoleBindingRow"}
          }) {
        entities
            .createQuery(
                "select r.name from " + where[1] + " r where r.tenantRole = :role order by r.name",
                String.class)
            .setParameter("role", role)
            .setMaxResults(most - uses.size())
            .getResultList()
            .forEach(name -> uses.add(new Use(where[0], name)));
      }
      return List.copyOf(uses);
    });
  }
}

package dev.argosy.tenancy.role;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.objects.Projection;
import jakarta.persistence.EntityManager;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** AccessGrant objects as rows of {@code role_binding}. */
public final class AccessGrantProjection implements Projection {

  /** The entity classes of this package. */
  public static List<Class<?>> entities() {
    return List.of(RoleBindingRow.class);
  }

  @Override
  public GroupResource resource() {
    return AccessGrant.RESOURCE;
  }

  @Override
  public void put(EntityManager entities, ObjectNode object) {
    AccessGrant grant = AccessGrant.of(object);
    RoleBindingRow row = entities.find(RoleBindingRow.class, grant.name());
    if (row == null) {
      row = new RoleBindingRow(grant.name());
      row.become(grant);
      entities.persist(row);
    } else {
      row.become(grant);
    }
  }

  @Override
  public void remove(EntityManager entities, ObjectKey key) {
    RoleBindingRow row = entities.find(RoleBindingRow.class, key.name());
    if (row != null) {
      entities.remove(row);
    }
  }
}

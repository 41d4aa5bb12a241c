package dev.argosy.tenancy.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.objects.Projection;
import jakarta.persistence.EntityManager;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Tenant objects as rows of {@code tenant}. */
public final class TenantProjection implements Projection {

  /** The entity classes of this package. */
  public static List<Class<?>> entities() {
    return List.of(TenantRow.class);
  }

  @Override
  public GroupResource resource() {
    return Tenant.RESOURCE;
  }

  @Override
  public void put(EntityManager entities, ObjectNode object) {
    Tenant tenant = Tenant.of(object);
    TenantRow row = entities.find(TenantRow.class, tenant.name());
    if (row == null) {
      row = new TenantRow(tenant.name());
      row.become(tenant);
      entities.persist(row);
    } else {
      row.become(tenant);
    }
  }

  @Override
  public void remove(EntityManager entities, ObjectKey key) {
    TenantRow row = entities.find(TenantRow.class, key.name());
    if (row != null) {
      entities.remove(row);
    }
  }
}

package dev.argosy.tenancy.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.objects.Projection;
import jakarta.persistence.EntityManager;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** TenantQuota objects as rows of {@code quota}. */
public final class TenantQuotaProjection implements Projection {

  /** The entity classes of this package. */
  public static List<Class<?>> entities() {
    return List.of(QuotaRow.class);
  }

  @Override
  public GroupResource resource() {
    return TenantQuota.RESOURCE;
  }

  @Override
  public void put(EntityManager entities, ObjectNode object) {
    TenantQuota quota = TenantQuota.of(object);
    QuotaRow row = entities.find(QuotaRow.class, quota.name());
    if (row == null) {
      row = new QuotaRow(quota.name());
      row.become(quota);
      entities.persist(row);
    } else {
      row.become(quota);
    }
  }

  @Override
  public void remove(EntityManager entities, ObjectKey key) {
    QuotaRow row = entities.find(QuotaRow.class, key.name());
    if (row != null) {
      entities.remove(row);
    }
  }
}

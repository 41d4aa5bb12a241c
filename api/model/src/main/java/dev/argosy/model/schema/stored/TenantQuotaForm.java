package dev.argosy.model.schema.stored;

import dev.argosy.model.kind.GroupResource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Quotas of tenants look the same stored, but are kept where the objects are that are charged to
 * them, not with the platform's other kinds.
 */
final class TenantQuotaForm implements StoredForm {

  @Override
  public GroupResource storage() {
    return new GroupResource("quota.argosy.dev", "tenantquotas");
  }

  @Override
  public ObjectNode toStored(ObjectNode object) {
    return object;
  }

  @Override
  public ObjectNode fromStored(ObjectNode stored) {
    return stored;
  }
}

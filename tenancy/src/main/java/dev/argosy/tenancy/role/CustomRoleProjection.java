package dev.argosy.tenancy.role;

import dev.argosy.tenancy.objects.Projection;

/** TenantRole objects as rows of {@code tenant_role}. */
public final class CustomRoleProjection {

  private CustomRoleProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(
        CustomRole.RESOURCE, CustomRoleRow.class, CustomRole::of, CustomRoleRow::new);
  }
}

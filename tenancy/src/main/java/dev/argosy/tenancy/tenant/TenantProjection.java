package dev.argosy.tenancy.tenant;

import dev.argosy.tenancy.objects.Projection;

/** Tenant objects as rows of {@code tenant}. */
public final class TenantProjection {

  private TenantProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(Tenant.RESOURCE, TenantRow.class, Tenant::of, TenantRow::new);
  }
}

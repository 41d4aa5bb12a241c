package dev.argosy.tenancy.quota;

import dev.argosy.tenancy.objects.Projection;

/** TenantQuota objects as rows of {@code quota}. */
public final class TenantQuotaProjection {

  private TenantQuotaProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(TenantQuota.RESOURCE, QuotaRow.class, TenantQuota::of, QuotaRow::new);
  }
}

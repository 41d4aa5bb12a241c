package dev.argosy.tenancy.role;

import dev.argosy.tenancy.objects.Projection;

/** AccessGrant objects as rows of {@code role_binding}. */
public final class AccessGrantProjection {

  private AccessGrantProjection() {}

  public static Projection<?, ?> create() {
    return new Projection<>(
        AccessGrant.RESOURCE, RoleBindingRow.class, AccessGrant::of, RoleBindingRow::new);
  }
}

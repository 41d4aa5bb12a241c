package dev.argosy.server.encryption;

import dev.argosy.server.tenant.TenantKeys;
import dev.argosy.store.seal.Sealing;

/** Tenants' keys as the store keeps them, by the names of their clusters. */
public record SealedTenants(Sealing sealing) implements TenantKeys {

  @Override
  public void discardUnreadable(String tenant) {
    sealing.discardUnreadable(tenant);
  }

  @Override
  public void destroy(String tenant) {
    sealing.destroy(tenant);
  }
}

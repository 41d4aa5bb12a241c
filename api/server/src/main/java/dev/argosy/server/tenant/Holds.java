package dev.argosy.server.tenant;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.Optional;

/** Finds out whether a tenant is to run nothing, from the newest state of it and those above. */
final class Holds {

  private static final int MOST_ABOVE = 64;

  private final ApiClient client;

  Holds(ApiClient client) {
    this.client = client;
  }

  /**
   * Why a tenant is to run nothing.
   *
   * @param reason of its condition
   */
  record Hold(String reason, String message) {}

  Optional<Hold> of(Tenant tenant) {
    if (tenant.deletedAt() != null) {
      return Optional.of(
          new Hold("DeletionRequested", "Its deletion was asked for; it is kept for a while"));
    }
    if (tenant.suspended()) {
      return Optional.of(new Hold("SpecSuspended", "spec.suspended is true"));
    }
    String name = tenant.parent();
    for (int above = 0; above < MOST_ABOVE && !name.isEmpty(); above++) {
      Optional<Tenant> parent = find(name);
      if (parent.isPresent() && parent.get().held()) {
        return Optional.of(
            new Hold("ParentSuspended", "Tenant " + name + " above it is suspended"));
      }
      name = parent.map(Tenant::parent).orElse("");
    }
    return Optional.empty();
  }

  private Optional<Tenant> find(String name) {
    return client
        .get(new ObjectKey(Tenant.RESOURCE, ClusterDirectory.ROOT, "", name))
        .orAbsent()
        .map(ApiObject::tree)
        .map(Tenant::of);
  }
}

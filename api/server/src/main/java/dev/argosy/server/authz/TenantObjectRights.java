package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.tenancy.role.CustomRole;
import java.util.Optional;
import java.util.Set;

/**
 * Besides roles on the platform: whose role in a tenant has a rule on that kind does with the
 * tenant's objects of the kind what the rule says. Of {@link CustomRole}s also those are seen that
 * can be given in the tenant: of tenants above, and of the platform.
 */
public final class TenantObjectRights implements ObjectRights {

  private static final Set<String> READ = Set.of("get", "list", "watch");

  private final GroupResource resource;
  private final Set<String> subresources;
  private final TenantAffairs affairs;

  /**
   * @param resource whose objects name their tenant in {@code spec.tenant}
   */
  public TenantObjectRights(GroupResource resource, TenantAffairs affairs) {
    this(resource, Set.of(), affairs);
  }

  /**
   * The same.
   *
   * @param subresources about which roles in tenants have a say, too
   */
  public TenantObjectRights(
      GroupResource resource, Set<String> subresources, TenantAffairs affairs) {
    this.resource = resource;
    this.subresources = Set.copyOf(subresources);
    this.affairs = affairs;
  }

  @Override
  public GroupResource resource() {
    return resource;
  }

  /** In which tenant is looked at when the object is known. */
  @Override
  public Optional<String> toCreate(UserInfo user) {
    return why(!affairs.where(user, "create", resource, "").isEmpty());
  }

  @Override
  public Optional<String> toUse(UserInfo user, String verb, String subresource, ApiObject object) {
    String tenant = tenantOf(object);
    if (!subresource.isEmpty()) {
      return why(
          subresources.contains(subresource)
              && !tenant.isEmpty()
              && affairs.may(
                  tenant, TenantAffairs.asked(user, verb, resource, subresource, object.name())));
    }
    boolean own = !tenant.isEmpty() && affairs.may(user, tenant, verb, resource, object.name());
    return why(
        own
            || (shared() && READ.contains(verb))
                && given(tenant, affairs.where(user, verb, resource, object.name())));
  }

  @Override
  public Optional<String> toFind(UserInfo user, String verb, String name) {
    int dot = name.indexOf('.');
    return why(dot > 0 && affairs.may(user, name.substring(0, dot), verb, resource, name));
  }

  private static Optional<String> why(boolean may) {
    return may ? Optional.of("a role in the tenant allows it") : Optional.empty();
  }

  private boolean shared() {
    return resource.equals(CustomRole.RESOURCE);
  }

  private static String tenantOf(ApiObject object) {
    return object.tree().path("spec").path("tenant").asString("");
  }

  /** Whether a role of a tenant, or of the platform, can be given in one of some tenants. */
  private boolean given(String tenant, Set<String> where) {
    return tenant.isEmpty()
        ? !where.isEmpty()
        : where.stream().anyMatch(one -> affairs.includes(tenant, one));
  }

  @Override
  public Reach.Seen seenBy(UserInfo user) {
    return new OfTenants(this, affairs.where(user, "list", resource, ""));
  }

  /** The objects of some tenants and of those below them. */
  private record OfTenants(TenantObjectRights rights, Set<String> where) implements Reach.Seen {
    @Override
    public boolean sees(ApiObject object) {
      String tenant = tenantOf(object);
      return where.stream().anyMatch(upper -> rights.affairs.includes(upper, tenant))
          || (rights.shared() && rights.given(tenant, where));
    }
  }
}

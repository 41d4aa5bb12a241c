package dev.argosy.server.tenant;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ConcernedUsers;
import dev.argosy.server.access.ConcernedUsers.About;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.quota.Quota;
import dev.argosy.tenancy.quota.TenantQuota;
import dev.argosy.tenancy.tenant.Tenant;
import dev.argosy.tenancy.usage.TenantBudget;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Besides roles on the platform: members of a tenant, or of one above it, read the tenant and its
 * quotas; who administers it reads its budgets, too. To change any of them takes a role.
 */
public final class TenantSight implements ObjectRights {

  private static final Set<String> READ = Set.of("get", "list", "watch");

  private final GroupResource resource;
  private final GroupResource storage;
  private final Function<ApiObject, About> subject;
  private final ConcernedUsers readers;

  private TenantSight(
      GroupResource resource,
      GroupResource storage,
      Function<ApiObject, About> subject,
      ConcernedUsers readers) {
    this.resource = resource;
    this.storage = storage;
    this.subject = subject;
    this.readers = readers;
  }

  /** For each kind that is read so. */
  public static List<ObjectRights> ofMembers(TenantAccess tenants) {
    Function<ApiObject, About> named = object -> new About("", object.name());
    Function<ApiObject, About> said =
        object -> new About("", object.tree().path("spec").path("tenant").asString(""));
    ConcernedUsers administrators = ConcernedUsers.administrators(tenants, named);
    return List.of(
        new TenantSight(
            Tenant.RESOURCE, Tenant.RESOURCE, named, ConcernedUsers.members(tenants, named)),
        new TenantSight(
            TenantQuota.RESOURCE, Quota.OF_TENANTS, said, ConcernedUsers.members(tenants, said)),
        new TenantSight(TenantBudget.RESOURCE, TenantBudget.RESOURCE, named, administrators));
  }

  @Override
  public GroupResource resource() {
    return resource;
  }

  @Override
  public GroupResource storage() {
    return storage;
  }

  @Override
  public Optional<String> toCreate(UserInfo user) {
    return Optional.empty();
  }

  @Override
  public Optional<String> toUse(UserInfo user, String verb, String subresource, ApiObject object) {
    return subresource.isEmpty()
            && READ.contains(verb)
            && readers.concerns(user, subject.apply(object))
        ? Optional.of("it is of a tenant of which the user is a member")
        : Optional.empty();
  }

  @Override
  public Reach.Seen seenBy(UserInfo user) {
    return readers.seenBy(user);
  }
}

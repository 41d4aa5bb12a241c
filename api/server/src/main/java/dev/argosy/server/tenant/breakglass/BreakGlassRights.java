package dev.argosy.server.tenant.breakglass;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ConcernedUsers;
import dev.argosy.server.access.ConcernedUsers.About;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.breakglass.BreakGlass;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Besides roles: whoever took access, and who administers the tenant or one above it, sees it and
 * may end it. To take it needs a role.
 */
public final class BreakGlassRights implements ObjectRights {

  private static final Set<String> VERBS = Set.of("get", "watch", "update", "patch");

  private final ConcernedUsers concerned;

  public BreakGlassRights(TenantAccess tenants) {
    this.concerned = ConcernedUsers.administrators(tenants, BreakGlassRights::about);
  }

  private static About about(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    return new About(spec.path("username").asString(""), spec.path("tenant").asString(""));
  }

  @Override
  public GroupResource resource() {
    return BreakGlass.RESOURCE;
  }

  @Override
  public Optional<String> toCreate(UserInfo user) {
    return Optional.empty();
  }

  @Override
  public Optional<String> toUse(UserInfo user, String verb, String subresource, ApiObject object) {
    return subresource.isEmpty() && VERBS.contains(verb) && concerns(user, object)
        ? Optional.of("whose access or whose tenant it is sees and ends it")
        : Optional.empty();
  }

  private boolean concerns(UserInfo user, ApiObject object) {
    About about = about(object);
    return about.isOf(user) || concerned.concerns(user, about);
  }

  /** What a user took, and what was taken of tenants that they administer. */
  @Override
  public Reach.Seen seenBy(UserInfo user) {
    return concerned.seenBy(user);
  }
}

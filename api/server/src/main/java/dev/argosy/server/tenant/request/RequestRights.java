package dev.argosy.server.tenant.request;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ConcernedUsers;
import dev.argosy.server.access.ConcernedUsers.About;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.TenantAccess;
import java.util.Optional;
import java.util.Set;

/**
 * What requests for tenants allow besides roles: every user of the platform may make one, and
 * follow or take back their own; who administers the parent that it names, or a tenant above that,
 * sees it and decides.
 */
public final class RequestRights implements ObjectRights {

  private static final Set<String> OF_AUTHOR = Set.of("get", "watch", "delete");

  private final ConcernedUsers concerned;

  public RequestRights(TenantAccess tenants) {
    this.concerned = ConcernedUsers.administrators(tenants, RequestRights::about);
  }

  private static About about(ApiObject object) {
    TenantRequest request = TenantRequest.of(object.tree());
    return new About(request.asker().username(), request.parent());
  }

  @Override
  public GroupResource resource() {
    return TenantRequest.RESOURCE;
  }

  @Override
  public Optional<String> toCreate(UserInfo user) {
    return Optional.of("every user may ask for a tenant");
  }

  @Override
  public Optional<String> toUse(UserInfo user, String verb, String subresource, ApiObject object) {
    About about = about(object);
    if (subresource.isEmpty() && OF_AUTHOR.contains(verb) && about.isOf(user)) {
      return Optional.of("it is the user's own request");
    }
    boolean decides =
        subresource.isEmpty()
            ? verb.equals("get") || verb.equals("watch")
            : subresource.equals("approval") && verb.equals("create");
    return decides && concerned.concerns(user, about)
        ? Optional.of("administrator of tenant " + about.tenant())
        : Optional.empty();
  }

  /** The requests of a user, and those for tenants below what they administer. */
  @Override
  public Reach.Seen seenBy(UserInfo user) {
    return concerned.seenBy(user);
  }
}

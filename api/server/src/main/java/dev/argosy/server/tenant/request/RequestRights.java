package dev.argosy.server.tenant.request;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.member.Member;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What requests for tenants allow besides roles: every user of the platform may make one, and
 * follow or take back their own; who administers the parent that it names, or a tenant above that,
 * sees it and decides.
 */
public final class RequestRights implements ObjectRights {

  private static final Set<String> OF_AUTHOR = Set.of("get", "watch", "delete");

  private final TenantAccess tenants;

  public RequestRights(TenantAccess tenants) {
    this.tenants = tenants;
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
    TenantRequest request = TenantRequest.of(object.tree());
    if (subresource.isEmpty() && OF_AUTHOR.contains(verb) && isAuthor(user, request)) {
      return Optional.of("it is the user's own request");
    }
    boolean decides =
        subresource.isEmpty()
            ? verb.equals("get") || verb.equals("watch")
            : subresource.equals("approval") && verb.equals("create");
    return decides && administers(user, request.parent())
        ? Optional.of("administrator of tenant " + request.parent())
        : Optional.empty();
  }

  private static boolean isAuthor(UserInfo user, TenantRequest request) {
    return request.asker().username().equals(user.name());
  }

  private boolean administers(UserInfo user, String tenant) {
    return !tenant.isEmpty()
        && tenants.membershipsOf(user, tenant).stream().anyMatch(Member::administers);
  }

  @Override
  public Reach.Seen seenBy(UserInfo user) {
    return new Concerned(
        user,
        tenants.membershipsOf(user).stream()
            .filter(Member::administers)
            .map(Member::tenant)
            .collect(toUnmodifiableSet()));
  }

  /** The requests of a user, and those for tenants below what they administer. */
  private final class Concerned implements Reach.Seen {
    private final UserInfo user;
    private final Set<String> administered;

    Concerned(UserInfo user, Set<String> administered) {
      this.user = user;
      this.administered = administered;
    }

    @Override
    public boolean sees(ApiObject object) {
      TenantRequest request = TenantRequest.of(object.tree());
      return isAuthor(user, request)
          || (!administered.isEmpty() && administers(user, request.parent()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Concerned that
          && user.name().equals(that.user.name())
          && administered.equals(that.administered);
    }

    @Override
    public int hashCode() {
      return user.name().hashCode();
    }
  }
}

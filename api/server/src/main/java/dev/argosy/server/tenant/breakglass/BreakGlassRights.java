package dev.argosy.server.tenant.breakglass;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.Reach;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.member.Member;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Besides roles: whoever took access, and who administers the tenant or one above it, sees it and
 * may end it. To take it needs a role.
 */
public final class BreakGlassRights implements ObjectRights {

  private static final Set<String> VERBS = Set.of("get", "watch", "update", "patch");

  private final TenantAccess tenants;

  public BreakGlassRights(TenantAccess tenants) {
    this.tenants = tenants;
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
    JsonNode spec = object.tree().path("spec");
    return spec.path("username").asString("").equals(user.name())
        || tenants.membershipsOf(user, spec.path("tenant").asString("")).stream()
            .anyMatch(Member::administers);
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

  /** What a user took, and what was taken of tenants that they administer. */
  private final class Concerned implements Reach.Seen {
    private final UserInfo user;
    private final Set<String> administered;

    Concerned(UserInfo user, Set<String> administered) {
      this.user = user;
      this.administered = administered;
    }

    @Override
    public boolean sees(ApiObject object) {
      return concerns(user, object);
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

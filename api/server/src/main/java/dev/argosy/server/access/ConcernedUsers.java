package dev.argosy.server.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.tenancy.member.Member;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom objects of one kind concern: the user that an object is about, and whoever administers the
 * tenant that it is about, or one above it. Any thread; answers from memory.
 */
public final class ConcernedUsers {

  private final TenantAccess tenants;
  private final Function<ApiObject, About> subject;

  /**
   * What an object is about.
   *
   * @param user a name
   * @param tenant its name; empty if it is about none
   */
  public record About(String user, String tenant) {

    public boolean isOf(UserInfo asking) {
      return user.equals(asking.name());
    }
  }

  public ConcernedUsers(TenantAccess tenants, Function<ApiObject, About> subject) {
    this.tenants = tenants;
    this.subject = subject;
  }

  /** Whether the user administers the tenant that an object is about. */
  public boolean administers(UserInfo user, About about) {
    return !about.tenant().isEmpty()
        && tenants.membershipsOf(user, about.tenant()).stream().anyMatch(Member::administers);
  }

  /** All objects that concern the user. */
  public Reach.Seen seenBy(UserInfo user) {
    return new Concerned(
        user,
        tenants.membershipsOf(user).stream()
            .filter(Member::administers)
            .map(Member::tenant)
            .collect(toUnmodifiableSet()));
  }

  /** The same as long as the user administers the same tenants. */
  private final class Concerned implements Reach.Seen {
    private final UserInfo user;
    private final Set<String> administered;

    Concerned(UserInfo user, Set<String> administered) {
      this.user = user;
      this.administered = administered;
    }

    @Override
    public boolean sees(ApiObject object) {
      About about = subject.apply(object);
      return about.isOf(user) || (!administered.isEmpty() && administers(user, about));
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

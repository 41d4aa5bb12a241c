package dev.argosy.server.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.tenancy.member.Member;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whom objects of one kind concern: the user that an object is about, and members of the tenant
 * that it is about, or of one above it: all, or those who administer it. Any thread; answers from
 * memory.
 */
public final class ConcernedUsers {

  private final TenantAccess tenants;
  private final Function<ApiObject, About> subject;
  private final Predicate<Member> concerned;

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

  private ConcernedUsers(
      TenantAccess tenants, Function<ApiObject, About> subject, Predicate<Member> concerned) {
    this.tenants = tenants;
    this.subject = subject;
    this.concerned = concerned;
  }

  /** Besides the user that an object is about, who administers its tenant. */
  public static ConcernedUsers administrators(
      TenantAccess tenants, Function<ApiObject, About> subject) {
    return new ConcernedUsers(tenants, subject, Member::administers);
  }

  /** Besides the user that an object is about, every member of its tenant. */
  public static ConcernedUsers members(TenantAccess tenants, Function<ApiObject, About> subject) {
    return new ConcernedUsers(tenants, subject, member -> true);
  }

  /** Whether the tenant that an object is about makes it the user's concern. */
  public boolean concerns(UserInfo user, About about) {
    return !about.tenant().isEmpty()
        && tenants.membershipsOf(user, about.tenant()).stream().anyMatch(concerned);
  }

  /** All objects that concern the user. */
  public Reach.Seen seenBy(UserInfo user) {
    return new Concerned(
        user,
        tenants.membershipsOf(user).stream()
            .filter(concerned)
            .map(Member::tenant)
            .collect(toUnmodifiableSet()));
  }

  /** The same as long as the user is concerned with the same tenants. */
  private final class Concerned implements Reach.Seen {
    private final UserInfo user;
    private final Set<String> where;

    Concerned(UserInfo user, Set<String> where) {
      this.user = user;
      this.where = where;
    }

    @Override
    public boolean sees(ApiObject object) {
      About about = subject.apply(object);
      return about.isOf(user) || (!where.isEmpty() && concerns(user, about));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Concerned that
          && user.name().equals(that.user.name())
          && where.equals(that.where);
    }

    @Override
    public int hashCode() {
      return user.name().hashCode();
    }
  }
}

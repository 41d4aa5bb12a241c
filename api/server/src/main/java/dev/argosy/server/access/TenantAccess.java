package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import dev.argosy.tenancy.breakglass.BreakGlass;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.role.AccessGrant;
import java.util.List;
import java.util.function.Consumer;

/** Who has which role on the platform and in its tenants. Answers from memory. */
public interface TenantAccess {

  /** The user's roles on the platform, by name or group. */
  List<AccessGrant> grantsOf(UserInfo user);

  /**
   * The user's memberships in a tenant or one above it, by name, group or service account. Who is a
   * member of a tenant is one of those below it, with the same role.
   */
  List<Member> membershipsOf(UserInfo user, String tenant);

  /** The user's memberships, by name, group or service account, in whatever tenants. */
  default List<Member> membershipsOf(UserInfo user) {
    return List.of();
  }

  /** All roles on the platform. */
  default List<AccessGrant> grants() {
    return List.of();
  }

  /** All members of a tenant. */
  default List<Member> membersOf(String tenant) {
    return List.of();
  }

  /** The access to a tenant that the user took for a while, and that still counts. */
  default List<BreakGlass> emergenciesOf(UserInfo user, String tenant) {
    return List.of();
  }

  /** All access to a tenant that somebody took for a while, and that still counts. */
  default List<BreakGlass> emergenciesIn(String tenant) {
    return List.of();
  }

  /** Whether a tenant is another one, or stands above it. */
  default boolean includes(String upper, String tenant) {
    return upper.equals(tenant);
  }

  /** All tenants below one. */
  default List<String> below(String tenant) {
    return List.of();
  }

  /** Stands for all of this as it is now; equal to another if nothing changed. */
  default Object stamp() {
    return "";
  }

  /**
   * Tells of each tenant in which somebody's role changed, or {@link RightsHistory#EVERYWHERE};
   * must not block.
   */
  default void onChange(Consumer<String> listener) {}
}

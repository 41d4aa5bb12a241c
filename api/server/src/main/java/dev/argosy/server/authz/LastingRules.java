package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.RightsHistory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.AccessGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody holds in a tenant and in all tenants below it, now and to come: as a member, or by
 * a role on the platform. This is what can be given as a role, which goes as far. Bindings reach no
 * further than their cluster, and what was taken in an emergency ends: neither counts.
 */
public final class LastingRules {

  private final TenantAccess tenants;
  private final NamedRoles roles;
  private final Bounds bounds;

  /**
   * @param bounds what narrows what somebody holds
   */
  public LastingRules(TenantAccess tenants, NamedRoles roles, Bounds bounds) {
    this.tenants = tenants;
    this.roles = roles;
    this.bounds = bounds;
  }

  /** Somebody's rules at the moment. */
  List<PolicyRule> of(UserInfo user, String tenant) {
    return of(user, tenant, new Term(Optional.of(Instant.MIN)));
  }

  /**
   * Somebody's rules.
   *
   * @param tenant empty for what holds on the whole platform
   * @param term what ends before this does not count
   */
  List<PolicyRule> of(UserInfo user, String tenant, Term term) {
    String cluster = tenant.isEmpty() ? RightsHistory.EVERYWHERE : tenant;
    Optional<Bound> bound = bounds.of(user);
    if (!HeldRules.ofPlatform(user) || (bound.isPresent() && !bound.get().covers(cluster))) {
      return List.of();
    }
    List<PolicyRule> all = new ArrayList<>();
    if (user.inGroup(UserInfo.SYSTEM_MASTERS)) {
      all.addAll(TenantRoleRules.EVERYTHING);
    }
    for (AccessGrant grant : tenants.grantsOf(user)) {
      if (lasts(grant.term(), term)) {
        all.addAll(roles.of(grant, cluster));
      }
    }
    if (!tenant.isEmpty()) {
      for (Member member : tenants.membershipsOf(user, tenant)) {
        if (lasts(member.term(), term)) {
          all.addAll(roles.of(member));
        }
      }
    }
    return bound.isPresent() ? bound.get().narrowed(all) : all;
  }

  private static boolean lasts(Term own, Term given) {
    return own.expiresAt().isEmpty()
        || given.expiresAt().filter(end -> !end.isAfter(own.expiresAt().get())).isPresent();
  }
}

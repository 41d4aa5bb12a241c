package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.tenancy.member.Member;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What members of tenants may do with the objects that the platform keeps of their tenants, such as
 * Members: what the rules of their roles say of that kind. RBAC objects of a tenant's cluster say
 * nothing about the platform's.
 */
public final class TenantAffairs {

  private final TenantAccess tenants;
  private final NamedRoles roles;

  public TenantAffairs(TenantAccess tenants, NamedRoles roles) {
    this.tenants = tenants;
    this.roles = roles;
  }

  /**
   * Whether the user may do it with the objects of a tenant.
   *
   * @param name empty for all of them
   */
  boolean may(UserInfo user, String tenant, String verb, GroupResource resource, String name) {
    return may(tenant, asked(user, verb, resource, name));
  }

  /**
   * The same.
   *
   * @param asked in the platform's own cluster
   */
  boolean may(String tenant, Attributes asked) {
    UserInfo user = asked.user();
    return HeldRules.ofPlatform(user) && anyAllows(tenants.membershipsOf(user, tenant), asked);
  }

  /** The tenants in which the user may do it, and in all below these. */
  Set<String> where(UserInfo user, String verb, GroupResource resource, String name) {
    Set<String> where = new TreeSet<>();
    if (HeldRules.ofPlatform(user)) {
      Attributes asked = asked(user, verb, resource, name);
      for (Member member : tenants.membershipsOf(user)) {
        if (anyAllows(List.of(member), asked)) {
          where.add(member.tenant());
        }
      }
    }
    return where;
  }

  boolean includes(String upper, String tenant) {
    return tenants.includes(upper, tenant);
  }

  private boolean anyAllows(List<Member> members, Attributes asked) {
    for (Member member : members) {
      if (Explainer.allowing(roles.of(member), asked).isPresent()) {
        return true;
      }
    }
    return false;
  }

  static Attributes asked(UserInfo user, String verb, GroupResource resource, String name) {
    return asked(user, verb, resource, "", name);
  }

  static Attributes asked(
      UserInfo user, String verb, GroupResource resource, String subresource, String name) {
    return new Attributes(
        user,
        ClusterDirectory.ROOT,
        verb,
        resource.group(),
        "v1",
        resource.resource(),
        subresource,
        "",
        name,
        "");
  }
}

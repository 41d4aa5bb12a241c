package dev.argosy.server;

import dev.argosy.server.access.ObjectRights;
import dev.argosy.server.access.TenantAccess;
import dev.argosy.server.authz.TenantAffairs;
import dev.argosy.server.authz.TenantObjectRights;
import dev.argosy.server.tenant.TenantSight;
import dev.argosy.server.tenant.breakglass.BreakGlassRights;
import dev.argosy.server.tenant.invitation.InvitationRights;
import dev.argosy.server.tenant.request.RequestRights;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import dev.argosy.tenancy.role.CustomRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which of the platform's own kinds users may use without a role on the platform, and how. */
final class RightsBesidesRoles {

  private RightsBesidesRoles() {}

  static List<ObjectRights> of(TenantAccess tenants, TenantAffairs affairs) {
    List<ObjectRights> all = new ArrayList<>(TenantSight.ofMembers(tenants));
    all.add(new RequestRights(tenants));
    all.add(new BreakGlassRights(tenants));
    all.add(new TenantObjectRights(Member.RESOURCE, affairs));
    all.add(new InvitationRights(new TenantObjectRights(Invitation.RESOURCE, affairs)));
    all.add(new TenantObjectRights(ServiceClient.RESOURCE, Set.of("credentials"), affairs));
    all.add(new TenantObjectRights(CustomRole.RESOURCE, affairs));
    return all;
  }
}

package dev.argosy.server.authz;

import dev.argosy.server.access.Attributes;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.CustomRole;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nobody lets a role of people's own making allow what they do not hold themselves wherever it can
 * be given, lastingly, unless they have the verb {@code escalate} on it: whoever has the role gets
 * what it allows at once.
 */
public final class TenantRoleGuard implements AdmissionStep {

  private final Giving giving;
  private final NamedRoles roles;

  public TenantRoleGuard(Giving giving, NamedRoles roles) {
    this.giving = giving;
    this.roles = roles;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null
        || !request.concerns(CustomRole.RESOURCE.group(), CustomRole.RESOURCE.resource())) {
      return;
    }
    CustomRole role = CustomRole.of(object);
    giving.requireOwn(request, object, role.tenant());
    ObjectNode old = request.old();
    if (old != null && old.path("spec").equals(object.path("spec"))) {
      return;
    }
    String asked = request.operation() == Operation.CREATE ? "" : role.name();
    Attributes beyond = TenantAffairs.asked(request.user(), "escalate", CustomRole.RESOURCE, asked);
    if (!giving.mayBeyond(beyond, role.tenant(), Term.OPEN)) {
      giving.requireHeld(
          request, object, new Giving.Wanted(role.tenant(), roles.of(object), Term.OPEN));
    }
  }
}

package dev.argosy.server.authz;

import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Members of a tenant are members of those below it, so nobody puts a tenant below another who does
 * not hold all rights in it.
 */
public final class ParentGuard implements AdmissionStep {

  private final Emergencies emergencies;

  public ParentGuard(Emergencies emergencies) {
    this.emergencies = emergencies;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    ObjectNode old = request.old();
    if (object == null
        || old == null
        || !request.concerns(Tenant.RESOURCE.group(), Tenant.RESOURCE.resource())) {
      return;
    }
    Tenant tenant = Tenant.of(object);
    if (tenant.parent().isEmpty() || tenant.parent().equals(Tenant.of(old).parent())) {
      return;
    }
    List<PolicyRule> own = emergencies.lasting(request.user(), tenant.name(), "");
    boolean all = Escalation.missing(own, TenantRoleRules.EVERYTHING).isEmpty();
    if (!all) {
      throw Status.forbidden(
              Tenant.RESOURCE,
              tenant.name(),
              "user \""
                  + request.user().name()
                  + "\" does not hold all rights in it and cannot give them to the members of "
                  + tenant.parent())
          .asException();
    }
  }
}

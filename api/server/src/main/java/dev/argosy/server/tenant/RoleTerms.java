package dev.argosy.server.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.tenancy.member.Invitation;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.member.ServiceClient;
import dev.argosy.tenancy.member.Term;
import dev.argosy.tenancy.role.AccessGrant;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A role that ends must end in the future when that is said. */
public final class RoleTerms implements AdmissionStep {

  private final Clock clock;

  public RoleTerms(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null
        || !(concerns(request, Member.RESOURCE)
            || concerns(request, AccessGrant.RESOURCE)
            || concerns(request, Invitation.RESOURCE)
            || concerns(request, ServiceClient.RESOURCE))) {
      return;
    }
    Term said = Term.of(object.path("spec"));
    ObjectNode old = request.old();
    boolean same = old != null && Term.of(old.path("spec")).equals(said);
    if (!same && said.over(clock.instant())) {
      String name = object.path("metadata").path("name").asString("");
      String value = object.path("spec").path("expiresAt").toString();
      throw Status.invalid(
              request.target().type().group(),
              request.target().type().kind(),
              name,
              List.of(
                  new Cause(
                      "FieldValueInvalid",
                      "Invalid value: " + value + ": must lie in the future",
                      "spec.expiresAt")))
          .asException();
    }
  }

  private static boolean concerns(AdmissionRequest request, GroupResource resource) {
    return request.concerns(resource.group(), resource.resource());
  }
}

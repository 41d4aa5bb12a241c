package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;

/** A policy approves requests for tenants, so its author must be allowed to. */
public final class RequestPolicyGuard implements AdmissionStep {

  private static final String GROUP = "tenancy.argosy.dev";
  private static final GroupResource POLICIES = new GroupResource(GROUP, "tenantrequestpolicies");

  private final HeldRules held;

  public RequestPolicyGuard(HeldRules held) {
    this.held = held;
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (request.object() == null || !request.concerns(GROUP, POLICIES.resource())) {
      return;
    }
    Attributes approving =
        new Attributes(
            request.user(),
            ClusterDirectory.ROOT,
            "create",
            GROUP,
            "v1",
            "tenantrequests",
            "approval",
            "",
            "",
            "");
    if (!held.allows(approving)) {
      throw Status.forbidden(
              POLICIES,
              request.target().name(),
              "user \""
                  + request.user().name()
                  + "\" cannot create resource \"tenantrequests/approval\" and so cannot have"
                  + " requests approved")
          .asException();
    }
  }
}

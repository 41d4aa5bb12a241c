package dev.argosy.server.authz;

import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.tenancy.role.AccessGrant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nobody gives a role on the platform who does not hold all its rules in the platform's cluster.
 */
public final class PlatformRoleGuard implements AdmissionStep {

  private final HeldRules held;

  public PlatformRoleGuard(HeldRules held) {
    this.held = held;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (object == null
        || !request.concerns(AccessGrant.RESOURCE.group(), AccessGrant.RESOURCE.resource())) {
      return;
    }
    AccessGrant grant = AccessGrant.of(object);
    List<PolicyRule> own = held.all(request.user(), ClusterDirectory.ROOT, "");
    boolean holds =
        held.rulesOf(grant.role()).stream()
            .flatMap(rule -> rule.singles().stream())
            .allMatch(single -> own.stream().anyMatch(have -> have.covers(single)));
    if (!holds) {
      throw Status.forbidden(
              AccessGrant.RESOURCE,
              grant.name(),
              "user \""
                  + request.user().name()
                  + "\" does not hold the role "
                  + grant.role().text()
                  + " and cannot give it")
          .asException();
    }
  }
}

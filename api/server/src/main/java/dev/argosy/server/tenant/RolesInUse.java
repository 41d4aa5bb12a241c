package dev.argosy.server.tenant;

import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.tenancy.role.CustomRole;
import dev.argosy.tenancy.role.RoleUses;
import dev.argosy.tenancy.role.RoleUses.Use;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A role that members or grants name stays: otherwise whoever makes another of that name would
 * decide what they may. The database refuses what two do at the same moment.
 */
public final class RolesInUse implements AdmissionStep {

  private static final int NAMED = 10;

  private final RoleUses uses;

  public RolesInUse(RoleUses uses) {
    this.uses = uses;
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (request.operation() != Operation.DELETE
        || !request.concerns(CustomRole.RESOURCE.group(), CustomRole.RESOURCE.resource())) {
      return;
    }
    String role = request.target().name();
    List<Use> naming = PlatformStore.reached(() -> uses.of(role, NAMED + 1));
    if (naming.isEmpty()) {
      return;
    }
    List<Use> told = naming.subList(0, Math.min(NAMED, naming.size()));
    String all = told.stream().map(RolesInUse::text).collect(Collectors.joining(", "));
    throw Status.conflict(
            CustomRole.RESOURCE,
            role,
            "it is in use and must be given up first by "
                + all
                + (naming.size() > NAMED ? " and others" : ""))
        .withCauses(
            told.stream().map(use -> new Cause("RoleInUse", text(use) + " names it", "")).toList())
        .asException();
  }

  private static String text(Use use) {
    return use.kind() + " " + use.name();
  }
}

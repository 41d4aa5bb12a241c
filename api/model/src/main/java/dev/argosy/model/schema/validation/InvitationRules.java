package dev.argosy.model.schema.validation;

import dev.argosy.model.access.MailAddress;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invitations: what is offered never changes, and is answered once. */
final class InvitationRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path PHASE = Path.of("status").child("phase");
  private static final List<String> ROLES = List.of("admin", "member", "viewer");
  private static final List<String> PHASES = List.of("Pending", "Accepted", "Declined", "Expired");
  private static final Set<String> FINAL = Set.of("Accepted", "Declined", "Expired");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String tenant = spec.path("tenant").asString("");
    if (tenant.isEmpty()) {
      checks.required(SPEC.child("tenant"), "");
    } else {
      checks.invalidAll(SPEC.child("tenant"), tenant, NameRules.dnsLabel(tenant));
    }
    String email = spec.path("email").asString("");
    if (email.isEmpty()) {
      checks.required(SPEC.child("email"), "");
    } else if (!MailAddress.plausible(email)) {
      checks.invalid(SPEC.child("email"), email, "must be one e-mail address, NAME@DOMAIN");
    }
    TenantRoleRules.named(spec, ROLES, checks);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode spec = object.path("spec");
    if (!spec.equals(old.path("spec"))) {
      checks.immutable(SPEC, spec);
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    String phase = phase(object);
    checks.oneOf(PHASE, phase, PHASES);
    if (FINAL.contains(phase(old)) && !object.path("status").equals(old.path("status"))) {
      checks.forbidden(Path.of("status"), "what was answered or is over stays so");
    }
  }

  private static String phase(JsonNode object) {
    return object.path("status").path("phase").asString("Pending");
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Service clients: one stays in its tenant, and its tokens end within a day. */
final class ServiceClientRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path TENANT = SPEC.child("tenant");
  private static final List<String> ROLES = List.of("admin", "member", "viewer");

  /** What the identity provider keeps of a description. */
  private static final int LONGEST_DESCRIPTION = 255;

  private static final long SHORTEST = 60;
  private static final long LONGEST = 86_400;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String tenant = spec.path("tenant").asString("");
    if (tenant.isEmpty()) {
      checks.required(TENANT, "");
    } else {
      checks.invalidAll(TENANT, tenant, NameRules.dnsLabel(tenant));
    }
    TenantRoleRules.named(spec, ROLES, checks);
    if (spec.path("description").asString("").length() > LONGEST_DESCRIPTION) {
      checks.tooLong(SPEC.child("description"), LONGEST_DESCRIPTION);
    }
    JsonNode lifetime = spec.path("tokenLifetimeSeconds");
    if (!lifetime.isMissingNode()) {
      checks.range(SPEC.child("tokenLifetimeSeconds"), lifetime, SHORTEST, LONGEST);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode tenant = object.path("spec").path("tenant");
    if (!tenant.equals(old.path("spec").path("tenant"))) {
      checks.immutable(TENANT, tenant);
    }
  }
}

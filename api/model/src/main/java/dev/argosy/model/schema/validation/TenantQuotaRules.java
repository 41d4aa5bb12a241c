package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Quotas of tenants: one tenant for good, and what a resource quota may bound. */
final class TenantQuotaRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path TENANT = SPEC.child("tenant");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String tenant = object.path("spec").path("tenant").asString("");
    if (tenant.isEmpty()) {
      checks.required(TENANT, "");
    } else if (tenant.equals("root")) {
      checks.invalid(TENANT, tenant, "is the platform's own cluster");
    } else {
      checks.invalidAll(TENANT, tenant, NameRules.dnsLabel(tenant));
    }
    QuotaRules.amounts(object.path("spec").path("hard"), SPEC.child("hard"), checks);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode tenant = object.path("spec").path("tenant");
    if (!tenant.equals(old.path("spec").path("tenant"))) {
      checks.immutable(TENANT, tenant);
    }
  }
}

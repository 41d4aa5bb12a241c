package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Quotas of tenants: one tenant for good, and what a resource quota may bound. */
final class TenantQuotaRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path TENANT = SPEC.child("tenant");
  private static final Path HARD = SPEC.child("hard");
  private static final Path GUARANTEED = SPEC.child("guaranteed");
  private static final String MOST = "maxWaiting";
  private static final Set<String> ENDING = Set.of("count/events", "count/events.events.k8s.io");

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
    JsonNode hard = object.path("spec").path("hard");
    QuotaRules.amounts(hard, HARD, checks);
    hard.properties().forEach(bound -> inEtcd(bound.getKey(), bound.getValue(), checks));
    JsonNode guaranteed = object.path("spec").path("guaranteed");
    QuotaRules.amounts(guaranteed, GUARANTEED, checks);
    if (!guaranteed.isEmpty() && object.path("spec").path("alone").asBoolean(false)) {
      checks.forbidden(GUARANTEED, "may not be set if alone is");
    }
    if (!guaranteed.isEmpty() && hard.propertyNames().stream().anyMatch(EtcdAmounts::claims)) {
      checks.forbidden(GUARANTEED, "may not be set where room in etcd is bound");
    }
    guaranteed
        .properties()
        .forEach(each -> guaranteed(each.getKey(), each.getValue(), hard, checks));
    BandRules.validate(object.path("spec"), checks);
    queue(object.path("spec"), checks);
  }

  private static void queue(JsonNode spec, Checks checks) {
    String then = spec.path("whenExceeded").asString("Reject");
    checks.oneOf(SPEC.child("whenExceeded"), then, List.of("Queue", "Reject"));
    JsonNode most = spec.path(MOST);
    if (most.isIntegralNumber() && !then.equals("Queue")) {
      checks.forbidden(SPEC.child(MOST), "may be set only if whenExceeded is Queue");
    }
    checks.range(SPEC.child(MOST), most, 1, 10_000);
  }

  /** Of what ends by itself nobody knows how much is free. */
  private static void guaranteed(String name, JsonNode amount, JsonNode hard, Checks checks) {
    if (ENDING.contains(name)) {
      checks.invalid(GUARANTEED.key(name), name, "cannot be guaranteed");
    } else if (!hard.has(name)) {
      checks.invalid(GUARANTEED.key(name), amount, "must be bound by spec.hard, too");
    } else if (ClaimRules.amount(amount).compareTo(ClaimRules.amount(hard.path(name))) > 0) {
      checks.invalid(GUARANTEED.key(name), amount, "must be less than or equal to spec.hard");
    }
  }

  private static void inEtcd(String name, JsonNode amount, Checks checks) {
    if (EtcdAmounts.claims(name) && !EtcdAmounts.is(name)) {
      String known = EtcdAmounts.OBJECTS + " and " + EtcdAmounts.BYTES;
      checks.invalid(HARD.key(name), name, "must be one of " + known);
    } else if (EtcdAmounts.is(name) && !ClaimRules.amount(amount).integral()) {
      checks.invalid(HARD.key(name), amount, "must be an integer");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode tenant = object.path("spec").path("tenant");
    if (!tenant.equals(old.path("spec").path("tenant"))) {
      checks.immutable(TENANT, tenant);
    }
    JsonNode alone = object.path("spec").path("alone");
    if (alone.asBoolean(false) != old.path("spec").path("alone").asBoolean(false)) {
      checks.immutable(SPEC.child("alone"), alone);
    }
  }
}

package dev.argosy.tenancy.role;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.tenancy.member.TenantRole;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A role of people's own making: a TenantRole object. What it allows beyond what it includes stands
 * in its rules, which whoever decides reads.
 *
 * @param name unique on the platform; begins with the tenant and a dot if it belongs to one
 * @param tenant in which, and below which, members can have it; empty if it is the platform's, and
 *     can be given in every tenant and on the platform
 * @param includes roles whose rights it has, too
 */
public record CustomRole(String name, String tenant, List<TenantRole> includes) {

  public static final GroupResource RESOURCE =
      new GroupResource("tenancy.argosy.dev", "tenantroles");

  public CustomRole {
    includes = List.copyOf(includes);
  }

  /**
   * Reads a whole TenantRole object.
   *
   * @throws IllegalArgumentException if it is not complete
   */
  public static CustomRole of(JsonNode object) {
    JsonNode spec = object.path("spec");
    List<TenantRole> includes = new ArrayList<>();
    spec.path("includes").forEach(word -> includes.add(TenantRole.of(word.asString(""))));
    return new CustomRole(
        object.path("metadata").path("name").asString(""),
        spec.path("tenant").asString(""),
        includes);
  }

  /** Whether it can be given on the platform, and in every tenant. */
  public boolean ofPlatform() {
    return tenant.isEmpty();
  }
}

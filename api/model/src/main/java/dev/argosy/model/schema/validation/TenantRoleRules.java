package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Roles of people's own making. The name tells whose a role is, so that no tenant meets another's
 * names: {@code TENANT.NAME}, or one without a dot for the platform's.
 */
final class TenantRoleRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> BUILT_IN = List.of("admin", "member", "viewer");
  private static final String OF_PLATFORM = "platform-";
  private static final int LONGEST_DESCRIPTION = 1024;
  private static final int MOST_RULES = 256;

  /** Checks a role that is named: one of those that are always there, or another's name. */
  static void named(JsonNode spec, List<String> always, Checks checks) {
    named(SPEC, spec, always, checks);
  }

  /**
   * The same, elsewhere.
   *
   * @param path of {@code namer}, which has the field {@code role}
   */
  static void named(Path path, JsonNode namer, List<String> always, Checks checks) {
    String role = namer.path("role").asString("");
    if (role.isEmpty()) {
      checks.required(path.child("role"), "one of " + String.join(", ", always) + ", or another");
    } else {
      checks.invalidAll(path.child("role"), role, NameRules.dnsSubdomain(role));
    }
  }

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String tenant = spec.path("tenant").asString("");
    if (!tenant.isEmpty()) {
      checks.invalidAll(SPEC.child("tenant"), tenant, NameRules.dnsLabel(tenant));
    }
    name(object.path("metadata").path("name").asString(""), tenant, checks);
    String description = spec.path("description").asString("");
    if (description.length() > LONGEST_DESCRIPTION) {
      checks.tooLong(SPEC.child("description"), LONGEST_DESCRIPTION);
    }
    JsonNode includes = spec.path("includes");
    for (int i = 0; i < includes.size(); i++) {
      checks.oneOf(SPEC.child("includes").at(i), includes.get(i).asString(""), BUILT_IN);
    }
    JsonNode rules = spec.path("rules");
    if (rules.size() > MOST_RULES) {
      checks.tooMany(SPEC.child("rules"), rules.size(), MOST_RULES);
    }
    for (int i = 0; i < rules.size(); i++) {
      RbacRules.OF_CLUSTER.rule(rules.get(i), SPEC.child("rules").at(i), checks);
    }
  }

  private static void name(String name, String tenant, Checks checks) {
    Path path = Path.of("metadata").child("name");
    if (name.isEmpty()) {
      return; // told elsewhere
    }
    if (!tenant.isEmpty() && !name.startsWith(tenant + ".")) {
      checks.invalid(path, name, "must begin with \"" + tenant + ".\"");
    }
    if (tenant.isEmpty() && name.indexOf('.') >= 0) {
      checks.invalid(path, name, "must have no dot, unless spec.tenant is set");
    }
    if (BUILT_IN.contains(name) || name.startsWith(OF_PLATFORM)) {
      checks.invalid(path, name, "is the name of a role that is always there");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode tenant = object.path("spec").path("tenant");
    if (!tenant.asString("").equals(old.path("spec").path("tenant").asString(""))) {
      checks.immutable(SPEC.child("tenant"), tenant);
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies that approve requests for tenants; the pattern of names is checked where it is used. */
final class TenantRequestPolicyRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int MOST_TENANTS = 100;
  private static final int MOST_NAMES = 256;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    if (spec.path("users").isEmpty() && spec.path("groups").isEmpty()) {
      checks.required(SPEC.child("groups"), "a policy names users or groups");
    }
    for (String list : List.of("users", "groups", "parents", "templates")) {
      names(spec.path(list), SPEC.child(list), checks);
    }
    JsonNode parents = spec.path("parents");
    for (int i = 0; i < parents.size(); i++) {
      String parent = parents.get(i).asString("");
      checks.invalidAll(SPEC.child("parents").at(i), parent, NameRules.dnsLabel(parent));
    }
    checks.range(SPEC.child("tenantsPerUser"), spec.path("tenantsPerUser"), 1, MOST_TENANTS);
  }

  private static void names(JsonNode names, Path path, Checks checks) {
    if (names.size() > MOST_NAMES) {
      checks.tooMany(path, names.size(), MOST_NAMES);
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).asString("").isEmpty()) {
        checks.required(path.at(i), "");
      }
    }
  }
}

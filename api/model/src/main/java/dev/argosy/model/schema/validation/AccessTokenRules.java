package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens of users and service accounts. What they may do is fixed when they are made. */
final class AccessTokenRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path SCOPE = SPEC.child("scope");
  private static final List<String> SUBJECTS = List.of("User", "ServiceAccount");
  private static final List<String> ROLES = List.of("admin", "member", "viewer");
  private static final int LONGEST_DESCRIPTION = 1024;
  private static final int LONGEST_NAME = 1024;
  private static final int MOST_ENTRIES = 64;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    if (spec.path("expiresAt").asString("").isEmpty()) {
      checks.required(SPEC.child("expiresAt"), "a token must end");
    }
    if (spec.path("description").asString("").length() > LONGEST_DESCRIPTION) {
      checks.tooLong(SPEC.child("description"), LONGEST_DESCRIPTION);
    }
    if (spec.has("subject")) {
      subject(spec.path("subject"), checks);
    }
    scope(spec.path("scope"), checks);
  }

  private static void subject(JsonNode subject, Checks checks) {
    String kind = subject.path("kind").asString("");
    String name = subject.path("name").asString("");
    checks.oneOf(SPEC.child("subject", "kind"), kind, SUBJECTS);
    Path path = SPEC.child("subject", "name");
    if (name.isEmpty()) {
      checks.required(path, "");
    } else if (name.length() > LONGEST_NAME) {
      checks.tooLong(path, LONGEST_NAME);
    } else if (kind.equals("ServiceAccount") && !name.matches("[^/]+/[^/]+")) {
      checks.invalid(path, name, "must be NAMESPACE/NAME of a service account");
    }
  }

  private static void scope(JsonNode scope, Checks checks) {
    if (scope.has("role")) {
      TenantRoleRules.named(SCOPE, scope, ROLES, checks);
    }
    JsonNode tenants = scope.path("tenants");
    if (tenants.size() > MOST_ENTRIES) {
      checks.tooMany(SCOPE.child("tenants"), tenants.size(), MOST_ENTRIES);
    }
    for (int i = 0; i < tenants.size(); i++) {
      String tenant = tenants.get(i).asString("");
      checks.invalidAll(SCOPE.child("tenants").at(i), tenant, NameRules.dnsLabel(tenant));
    }
    JsonNode rules = scope.path("rules");
    if (rules.size() > MOST_ENTRIES) {
      checks.tooMany(SCOPE.child("rules"), rules.size(), MOST_ENTRIES);
    }
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), SCOPE.child("rules").at(i), checks);
    }
  }

  private static void rule(JsonNode rule, Path path, Checks checks) {
    if (rule.path("verbs").isEmpty()) {
      checks.required(path.child("verbs"), "verbs must contain at least one value");
    }
    boolean paths = !rule.path("nonResourceURLs").isEmpty();
    boolean resources = !rule.path("resources").isEmpty();
    if (paths && (resources || !rule.path("apiGroups").isEmpty())) {
      checks.invalid(
          path.child("nonResourceURLs"),
          rule.path("nonResourceURLs"),
          "rules cannot apply to both regular resources and non-resource URLs");
    } else if (!paths && !resources) {
      checks.required(path.child("resources"), "resource rules must supply at least one resource");
    } else if (!paths && rule.path("apiGroups").isEmpty()) {
      checks.required(path.child("apiGroups"), "resource rules must supply at least one api group");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    for (String field : List.of("subject", "expiresAt", "scope")) {
      JsonNode value = object.path("spec").path(field);
      if (!value.equals(old.path("spec").path(field))) {
        checks.immutable(SPEC.child(field), value);
      }
    }
  }
}

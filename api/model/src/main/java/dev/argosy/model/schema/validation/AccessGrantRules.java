package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles on the platform; never of service accounts, which belong to one tenant. */
final class AccessGrantRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> ROLES =
      List.of("platform-admin", "platform-operator", "platform-viewer");
  private static final List<String> SUBJECTS = List.of("User", "Group");
  private static final int LONGEST_REASON = 1024;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode subject = spec.path("subject");
    checks.oneOf(SPEC.child("subject", "kind"), subject.path("kind").asString(""), SUBJECTS);
    String name = subject.path("name").asString("");
    if (name.isEmpty()) {
      checks.required(SPEC.child("subject", "name"), "");
    } else if (name.startsWith("system:")) {
      checks.invalid(SPEC.child("subject", "name"), name, "must not begin with system:");
    }
    TenantRoleRules.named(spec, ROLES, checks);
    String reason = spec.path("reason").asString("");
    if (reason.length() > LONGEST_REASON) {
      checks.invalid(SPEC.child("reason"), reason, "must be no more than 1024 characters");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode subject = object.path("spec").path("subject");
    if (!subject.equals(old.path("spec").path("subject"))) {
      checks.immutable(SPEC.child("subject"), subject);
    }
  }
}

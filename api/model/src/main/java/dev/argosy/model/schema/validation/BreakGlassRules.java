package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Access that is taken for a while: nothing about it changes but that it is ended. */
final class BreakGlassRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> ROLES = List.of("admin", "member", "viewer");
  private static final List<String> OF_THE_END = List.of("ended", "endedBy");
  private static final int LONGEST_REASON = 1024;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String tenant = spec.path("tenant").asString("");
    if (tenant.isEmpty()) {
      checks.required(SPEC.child("tenant"), "");
    } else {
      checks.invalidAll(SPEC.child("tenant"), tenant, NameRules.dnsLabel(tenant));
    }
    if (spec.has("role")) {
      checks.oneOf(SPEC.child("role"), spec.path("role").asString(""), ROLES);
    }
    String reason = spec.path("reason").asString("");
    if (reason.isBlank()) {
      checks.required(SPEC.child("reason"), "");
    }
    if (reason.length() > LONGEST_REASON) {
      checks.tooLong(SPEC.child("reason"), LONGEST_REASON);
    }
    if (reason.chars().anyMatch(Character::isISOControl)) {
      checks.invalid(SPEC.child("reason"), reason, "must not contain control characters");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode spec = object.path("spec");
    JsonNode before = old.path("spec");
    if (!withoutEnd(spec).equals(withoutEnd(before))) {
      checks.forbidden(SPEC, "only ended can be changed");
    }
    if (before.path("ended").asBoolean(false) && !spec.path("ended").asBoolean(false)) {
      checks.forbidden(SPEC.child("ended"), "what was ended does not begin again");
    }
  }

  private static JsonNode withoutEnd(JsonNode spec) {
    return spec instanceof ObjectNode object ? object.deepCopy().remove(OF_THE_END) : spec;
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests for tenants: what is asked for never changes, and is decided once. */
final class TenantRequestRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path CONDITIONS = Path.of("status").child("conditions");
  private static final List<String> RESERVED = List.of("root", "system", "clusters");
  private static final List<String> FINAL = List.of("Approved", "Denied", "Created", "Failed");
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_REASON = 1024;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String name = spec.path("name").asString("");
    if (name.isEmpty()) {
      checks.required(SPEC.child("name"), "");
    } else {
      checks.invalidAll(SPEC.child("name"), name, NameRules.dnsLabel(name));
    }
    if (RESERVED.contains(name)) {
      checks.invalid(SPEC.child("name"), name, "is reserved");
    }
    String parent = spec.path("parent").asString("");
    if (!parent.isEmpty()) {
      checks.invalidAll(SPEC.child("parent"), parent, NameRules.dnsLabel(parent));
      if (parent.equals(name)) {
        checks.invalid(SPEC.child("parent"), parent, "must not be the tenant itself");
      }
    }
    String template = spec.path("template").asString("");
    if (!template.isEmpty()) {
      checks.invalidAll(SPEC.child("template"), template, NameRules.dnsSubdomain(template));
    }
    text(spec, "displayName", LONGEST_NAME, checks);
    text(spec, "reason", LONGEST_REASON, checks);
  }

  private static void text(JsonNode spec, String field, int longest, Checks checks) {
    String text = spec.path(field).asString("");
    if (text.length() > longest) {
      checks.tooLong(SPEC.child(field), longest);
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      checks.invalid(SPEC.child(field), text, "must not contain control characters");
    }
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
    for (String type : FINAL) {
      if (holds(old, type) && !holds(object, type)) {
        checks.forbidden(CONDITIONS, "the condition " + type + " cannot be taken back");
      }
    }
    if (holds(object, "Approved") && holds(object, "Denied")) {
      checks.invalid(CONDITIONS, "Approved and Denied conditions are mutually exclusive");
    }
  }

  private static boolean holds(JsonNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }
}

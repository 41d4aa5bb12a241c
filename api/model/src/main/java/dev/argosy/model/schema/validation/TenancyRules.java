package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The platform's own kinds: tenants and their members. */
record TenancyRules(boolean member) implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final int LONGEST_NAME = 256;
  private static final long LONGEST_GRACE = Duration.ofDays(3650).toSeconds();
  private static final long MOST_DAYS = 3660;
  private static final List<String> RECORDING = List.of("Off", "On", "Required");
  private static final List<String> LEVELS = List.of("privileged", "baseline", "restricted");
  private static final Pattern VERSION = Pattern.compile("latest|v1\\.(0|[1-9]\\d{0,5})");
  private static final List<String> ROLES = List.of("admin", "member", "viewer");
  private static final List<String> SUBJECTS = List.of("User", "Group", "ServiceAccount");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    if (member) {
      member(spec, checks);
    } else {
      tenant(object.path("metadata").path("name").asString(""), spec, checks);
    }
  }

  private static void tenant(String name, JsonNode spec, Checks checks) {
    if (name.equals("root")) {
      checks.invalid(
          Path.of("metadata").child("name"), name, "is the name of the platform's own cluster");
    }
    String parent = spec.path("parent").asString("");
    if (!parent.isEmpty()) {
      checks.invalidAll(SPEC.child("parent"), parent, NameRules.dnsLabel(parent));
      if (parent.equals(name)) {
        checks.invalid(SPEC.child("parent"), parent, "must not be the tenant itself");
      }
    }
    String cell = spec.path("cell").asString("");
    if (!cell.isEmpty()) {
      checks.invalidAll(SPEC.child("cell"), cell, NameRules.dnsLabel(cell));
    }
    displayName(spec.path("displayName").asString(""), checks);
    checks.range(
        SPEC.child("deletionGracePeriodSeconds"),
        spec.path("deletionGracePeriodSeconds"),
        0,
        LONGEST_GRACE);
    checks.range(SPEC.child("auditRetentionDays"), spec.path("auditRetentionDays"), 1, MOST_DAYS);
    checks.range(
        SPEC.child("historyRetentionDays"), spec.path("historyRetentionDays"), 1, MOST_DAYS);
    if (spec.has("execRecording")) {
      checks.oneOf(SPEC.child("execRecording"), spec.path("execRecording").asString(""), RECORDING);
    }
    if (spec.has("podSecurity")) {
      podSecurity(spec.path("podSecurity"), checks);
    }
    JsonNode pools = spec.path("nodePools");
    for (int i = 0; i < pools.size(); i++) {
      String pool = pools.get(i).asString("");
      checks.invalidAll(SPEC.child("nodePools").at(i), pool, NameRules.dnsLabel(pool));
    }
  }

  private static void podSecurity(JsonNode bound, Checks checks) {
    Path path = SPEC.child("podSecurity");
    checks.oneOf(path.child("enforce"), bound.path("enforce").asString(""), LEVELS);
    String version = bound.path("enforceVersion").asString("");
    if (!version.isEmpty() && !VERSION.matcher(version).matches()) {
      checks.invalid(path.child("enforceVersion"), version, "must be \"latest\" or \"v1.x\"");
    }
  }

  private static void displayName(String name, Checks checks) {
    if (name.length() > LONGEST_NAME) {
      checks.tooLong(SPEC.child("displayName"), LONGEST_NAME);
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      checks.invalid(SPEC.child("displayName"), name, "must not contain control characters");
    }
  }

  private static void member(JsonNode spec, Checks checks) {
    String tenant = spec.path("tenant").asString("");
    if (tenant.isEmpty()) {
      checks.required(SPEC.child("tenant"), "");
    } else {
      checks.invalidAll(SPEC.child("tenant"), tenant, NameRules.dnsLabel(tenant));
    }
    JsonNode subject = spec.path("subject");
    checks.oneOf(SPEC.child("subject", "kind"), subject.path("kind").asString(""), SUBJECTS);
    if (subject.path("name").asString("").isEmpty()) {
      checks.required(SPEC.child("subject", "name"), "");
    }
    TenantRoleRules.named(spec, ROLES, checks);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (!member) {
      JsonNode cell = object.path("spec").path("cell");
      if (!cell.asString("main").equals(old.path("spec").path("cell").asString("main"))) {
        checks.immutable(SPEC.child("cell"), cell);
      }
      JsonNode template = object.path("spec").path("template");
      if (!template.asString("").equals(old.path("spec").path("template").asString(""))) {
        checks.immutable(SPEC.child("template"), template);
      }
      return;
    }
    for (String field : List.of("tenant", "subject")) {
      JsonNode value = object.path("spec").path(field);
      if (!value.equals(old.path("spec").path(field))) {
        checks.immutable(SPEC.child(field), value);
      }
    }
  }
}

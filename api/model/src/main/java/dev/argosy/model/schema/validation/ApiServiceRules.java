package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Registrations of group versions: served here, or by a service. */
final class ApiServiceRules implements KindRules {

  private static final Path SPEC = Path.of("spec");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String group = spec.path("group").asString("");
    String version = spec.path("version").asString("");
    String name = object.path("metadata").path("name").asString("");
    String required = version + "." + group;
    if (!name.isEmpty() && NameRules.pathSegment(name).isEmpty() && !name.equals(required)) {
      checks.invalid(
          Path.of("metadata").child("name"),
          name,
          "must be `spec.version+\".\"+spec.group`: \"" + required + "\"");
    }
    if (group.isEmpty() && !version.equals("v1")) {
      checks.required(
          SPEC.child("group"), "only v1 may have an empty group and it better be legacy kube");
    } else if (!group.isEmpty()) {
      checks.invalidAll(SPEC.child("group"), group, NameRules.dnsSubdomain(group));
    }
    checks.invalidAll(SPEC.child("version"), version, NameRules.dns1035Label(version));
    priority(spec, "groupPriorityMinimum", 20_000, checks);
    priority(spec, "versionPriority", 1000, checks);
    if (spec.has("service")) {
      remote(spec, checks);
    } else {
      local(spec, checks);
    }
  }

  private static void priority(JsonNode spec, String field, int most, Checks checks) {
    long value = spec.path(field).asLong(0);
    if (value <= 0 || value > most) {
      checks.invalid(SPEC.child(field), value, "must be positive and less than " + most);
    }
  }

  private static void local(JsonNode spec, Checks checks) {
    String bundle = spec.path("caBundle").asString("");
    if (!bundle.isEmpty()) {
      checks.invalid(
          SPEC.child("caBundle"),
          Base64.getDecoder().decode(bundle).length + " bytes",
          "local APIServices may not have a caBundle");
    }
    if (spec.path("insecureSkipTLSVerify").asBoolean(false)) {
      checks.invalid(
          SPEC.child("insecureSkipTLSVerify"),
          spec.path("insecureSkipTLSVerify"),
          "local APIServices may not have insecureSkipTLSVerify");
    }
  }

  private static void remote(JsonNode spec, Checks checks) {
    JsonNode service = spec.path("service");
    Path path = SPEC.child("service");
    for (String field : List.of("namespace", "name")) {
      if (service.path(field).asString("").isEmpty()) {
        checks.required(path.child(field), "");
      }
    }
    WebhookClients.port(service.path("port"), path.child("port"), checks);
    boolean unchecked = spec.path("insecureSkipTLSVerify").asBoolean(false);
    if (unchecked && !spec.path("caBundle").asString("").isEmpty()) {
      checks.invalid(
          SPEC.child("insecureSkipTLSVerify"),
          spec.path("insecureSkipTLSVerify"),
          "may not be true if caBundle is present");
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode conditions = object.path("status").path("conditions");
    Path path = Path.of("status").child("conditions");
    for (int i = 0; i < conditions.size(); i++) {
      String status = conditions.get(i).path("status").asString("");
      if (!ConditionRules.STATUSES.contains(status)) {
        checks.notSupported(path.at(i).child("status"), status, ConditionRules.STATUSES);
      }
    }
  }
}

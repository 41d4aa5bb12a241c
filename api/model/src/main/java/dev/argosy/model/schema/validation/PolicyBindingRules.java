package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bindings of admission policies.
 *
 * @param mutating whether of policies that change objects; those say nothing about actions
 */
record PolicyBindingRules(boolean mutating) implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");
  private static final List<String> NOT_FOUND = List.of("Deny", "Allow");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String policy = spec.path("policyName").asString("");
    if (policy.isEmpty()) {
      checks.required(SPEC.child("policyName"), "");
    } else {
      checks.invalidAll(SPEC.child("policyName"), policy, NameRules.dnsSubdomain(policy));
    }
    if (spec.has("paramRef")) {
      parameters(spec.path("paramRef"), SPEC.child("paramRef"), checks);
    }
    if (spec.has("matchResources")) {
      // the path is misspelt in Kubernetes' messages, too
      AdmissionMatching.resources(spec.path("matchResources"), SPEC.child("matchResouces"), checks);
    }
    if (!mutating) {
      actions(spec.path("validationActions"), SPEC.child("validationActions"), checks);
    }
  }

  private static void parameters(JsonNode ref, Path path, Checks checks) {
    String name = ref.path("name").asString("");
    boolean selects = ref.has("selector");
    if (!name.isEmpty()) {
      checks.invalidAll(path.child("name"), name, NameRules.pathSegment(name));
    }
    if (!name.isEmpty() && selects) {
      checks.forbidden(path.child("name"), "name and selector are mutually exclusive");
    }
    if (selects) {
      SelectorRules.labelSelector(ref.path("selector"), path.child("selector"), checks);
    }
    if (!name.isEmpty() && selects) {
      checks.forbidden(path.child("selector"), "name and selector are mutually exclusive");
    }
    if (name.isEmpty() && !selects) {
      checks.required(path, "one of name or selector must be specified");
    }
    checks.oneOf(
        path.child("parameterNotFoundAction"),
        ref.path("parameterNotFoundAction").asString(""),
        NOT_FOUND);
  }

  private static void actions(JsonNode actions, Path path, Checks checks) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < actions.size(); i++) {
      String action = actions.get(i).asString("");
      if (!ACTIONS.contains(action)) {
        checks.notSupported(path.at(i), action, ACTIONS);
      }
      if (!seen.add(action)) {
        checks.duplicate(path.at(i), action);
      }
    }
    if (seen.contains("Deny") && seen.contains("Warn")) {
      checks.invalid(
          path,
          actions,
          "must not contain both Deny and Warn (repeating the same validation failure information"
              + " in the API response and headers serves no purpose)");
    }
    if (seen.isEmpty()) {
      checks.required(path, "at least one validation action is required");
    }
  }
}

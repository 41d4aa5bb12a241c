package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What webhooks and admission policies look at: rules about requests, selectors, conditions. */
final class AdmissionMatching {

  static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
  static final List<String> MATCH_POLICIES = List.of("Equivalent", "Exact");
  static final List<String> REINVOCATION = List.of("IfNeeded", "Never");

  private static final List<String> OPERATIONS =
      List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
  private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");
  private static final int MAX_CONDITIONS = 64;

  private AdmissionMatching() {}

  /** A choice that may be left out. */
  static void optional(JsonNode value, List<String> supported, Path path, Checks checks) {
    if (!value.isMissingNode() && !supported.contains(value.asString(""))) {
      checks.notSupported(path, value.asString(""), supported);
    }
  }

  static void rule(JsonNode rule, Path path, Checks checks) {
    JsonNode operations = rule.path("operations");
    someOrAll(operations, "operations", path.child("operations"), checks);
    for (int i = 0; i < operations.size(); i++) {
      optional(operations.get(i), OPERATIONS, path.child("operations").at(i), checks);
    }
    someOrAll(rule.path("apiGroups"), "API groups", path.child("apiGroups"), checks);
    JsonNode versions = rule.path("apiVersions");
    someOrAll(versions, "API versions", path.child("apiVersions"), checks);
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).asString("").isEmpty()) {
        checks.required(path.child("apiVersions").at(i), "");
      }
    }
    AdmissionResources.validate(rule.path("resources"), path.child("resources"), checks);
    optional(rule.path("scope"), SCOPES, path.child("scope"), checks);
  }

  private static void someOrAll(JsonNode list, String what, Path path, Checks checks) {
    if (list.isEmpty()) {
      checks.required(path, "");
    } else if (list.size() > 1 && contains(list, "*")) {
      checks.invalid(path, list, "if '*' is present, must not specify other " + what);
    }
  }

  private static boolean contains(JsonNode list, String text) {
    for (JsonNode element : list) {
      if (element.asString("").equals(text)) {
        return true;
      }
    }
    return false;
  }

  /** What a policy, or a binding of one, is about. */
  static void resources(JsonNode match, Path path, Checks checks) {
    checks.oneOf(path.child("matchPolicy"), match.path("matchPolicy").asString(""), MATCH_POLICIES);
    for (String selector : List.of("namespaceSelector", "objectSelector")) {
      if (match.has(selector)) {
        SelectorRules.labelSelector(match.path(selector), path.child(selector), checks);
      } else {
        checks.required(path.child(selector), "");
      }
    }
    for (String list : List.of("resourceRules", "excludeResourceRules")) {
      JsonNode rules = match.path(list);
      for (int i = 0; i < rules.size(); i++) {
        Path at = path.child(list).at(i);
        resourceNames(rules.get(i).path("resourceNames"), at.child("resourceNames"), checks);
        rule(rules.get(i), at, checks);
      }
    }
  }

  private static void resourceNames(JsonNode names, Path path, Checks checks) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).asString("");
      checks.invalidAll(path.at(i), name, NameRules.pathSegment(name));
      if (!seen.add(name)) {
        checks.duplicate(path.at(i), name);
      }
    }
  }

  /** Expressions are compiled elsewhere; here only whether there are any, under good names. */
  static void conditions(JsonNode conditions, Path path, Checks checks) {
    if (conditions.size() > MAX_CONDITIONS) {
      checks.tooMany(path, conditions.size(), MAX_CONDITIONS);
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      String name = conditions.get(i).path("name").asString("");
      if (conditions.get(i).path("expression").asString("").isBlank()) {
        checks.required(path.at(i).child("expression"), "");
      }
      if (name.isEmpty()) {
        checks.required(path.at(i).child("name"), "");
        continue;
      }
      checks.invalidAll(path.at(i).child("name"), name, LabelRules.qualifiedName(name));
      if (!seen.add(name)) {
        checks.duplicate(path.at(i).child("name"), name);
      }
    }
  }
}

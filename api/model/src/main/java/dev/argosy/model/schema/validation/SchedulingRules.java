package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a pod says about where it may run. */
final class SchedulingRules {

  private static final List<String> EFFECTS =
      List.of("NoExecute", "NoSchedule", "PreferNoSchedule");
  private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

  private static final List<String> INCLUSION = List.of("Honor", "Ignore");

  private SchedulingRules() {}

  static void validate(JsonNode spec, Path path, boolean template, Checks checks) {
    JsonNode tolerations = spec.path("tolerations");
    for (int i = 0; i < tolerations.size(); i++) {
      toleration(tolerations.get(i), path.child("tolerations").at(i), checks);
    }
    nodeAffinity(
        spec.path("affinity").path("nodeAffinity"), path.child("affinity", "nodeAffinity"), checks);
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      podAffinity(spec.path("affinity").path(kind), path.child("affinity", kind), checks);
    }
    spread(spec.path("topologySpreadConstraints"), path.child("topologySpreadConstraints"), checks);
    gates(spec, path, template, checks);
  }

  static void toleration(JsonNode toleration, Path path, Checks checks) {
    String key = toleration.path("key").asString("");
    String operator = toleration.path("operator").asString("");
    String effect = toleration.path("effect").asString("");
    String value = toleration.path("value").asString("");
    if (!key.isEmpty()) {
      checks.invalidAll(path.child("key"), key, LabelRules.qualifiedName(key));
    } else if (!operator.equals("Exists")) {
      checks.invalid(
          path.child("operator"),
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
    }
    if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
      checks.invalid(
          path.child("effect"),
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    switch (operator) {
      case "", "Equal" ->
          checks.invalidAll(path.child("value"), value, LabelRules.labelValue(value));
      case "Exists" -> {
        if (!value.isEmpty()) {
          checks.invalid(path, value, "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> checks.notSupported(path.child("operator"), operator, List.of("Equal", "Exists"));
    }
    if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
      checks.notSupported(path.child("effect"), effect, EFFECTS);
    }
  }

  private static void nodeAffinity(JsonNode affinity, Path path, Checks checks) {
    JsonNode required = affinity.path("requiredDuringSchedulingIgnoredDuringExecution");
    Path at = path.child("requiredDuringSchedulingIgnoredDuringExecution");
    if (!required.isMissingNode()) {
      nodeSelector(required, at, checks);
    }
    JsonNode preferred = affinity.path("preferredDuringSchedulingIgnoredDuringExecution");
    for (int i = 0; i < preferred.size(); i++) {
      Path item = path.child("preferredDuringSchedulingIgnoredDuringExecution").at(i);
      weight(preferred.get(i), item, checks);
      term(preferred.get(i).path("preference"), item.child("preference"), checks);
    }
  }

  /** The nodes that something may run on, or a volume be used from. */
  static void nodeSelector(JsonNode selector, Path path, Checks checks) {
    JsonNode terms = selector.path("nodeSelectorTerms");
    Path at = path.child("nodeSelectorTerms");
    if (terms.isEmpty()) {
      checks.required(at, "must have at least one node selector term");
    }
    for (int i = 0; i < terms.size(); i++) {
      term(terms.get(i), at.at(i), checks);
    }
  }

  private static void weight(JsonNode weighted, Path path, Checks checks) {
    long weight = weighted.path("weight").asLong(0);
    if (weight < 1 || weight > 100) {
      checks.invalid(path.child("weight"), weight, "must be in the range 1-100");
    }
  }

  /** A term of a node selector. */
  static void term(JsonNode term, Path path, Checks checks) {
    JsonNode expressions = term.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      requirement(expressions.get(i), path.child("matchExpressions").at(i), checks);
    }
    JsonNode fields = term.path("matchFields");
    for (int i = 0; i < fields.size(); i++) {
      String key = fields.get(i).path("key").asString("");
      if (!key.equals("metadata.name")) {
        checks.invalid(
            path.child("matchFields").at(i).child("key"), key, "not a valid field selector key");
      }
    }
  }

  private static void requirement(JsonNode requirement, Path path, Checks checks) {
    JsonNode values = requirement.path("values");
    String operator = requirement.path("operator").asString("");
    Path at = path.child("values");
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          checks.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          checks.forbidden(
              at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values.size() != 1) {
          checks.required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> checks.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    String key = requirement.path("key").asString("");
    checks.invalidAll(path.child("key"), key, LabelRules.qualifiedName(key));
  }

  private static void podAffinity(JsonNode affinity, Path path, Checks checks) {
    JsonNode required = affinity.path("requiredDuringSchedulingIgnoredDuringExecution");
    for (int i = 0; i < required.size(); i++) {
      podTerm(
          required.get(i),
          path.child("requiredDuringSchedulingIgnoredDuringExecution").at(i),
          checks);
    }
    JsonNode preferred = affinity.path("preferredDuringSchedulingIgnoredDuringExecution");
    for (int i = 0; i < preferred.size(); i++) {
      Path at = path.child("preferredDuringSchedulingIgnoredDuringExecution").at(i);
      weight(preferred.get(i), at, checks);
      podTerm(preferred.get(i).path("podAffinityTerm"), at.child("podAffinityTerm"), checks);
    }
  }

  private static void podTerm(JsonNode term, Path path, Checks checks) {
    SelectorRules.labelSelector(term.path("labelSelector"), path.child("labelSelector"), checks);
    SelectorRules.labelSelector(
        term.path("namespaceSelector"), path.child("namespaceSelector"), checks);
    JsonNode namespaces = term.path("namespaces");
    for (int i = 0; i < namespaces.size(); i++) {
      String namespace = namespaces.get(i).asString("");
      checks.invalidAll(path.child("namespaces").at(i), namespace, NameRules.dnsLabel(namespace));
    }
    topologyKey(term, path, checks);
  }

  private static void topologyKey(JsonNode term, Path path, Checks checks) {
    String key = term.path("topologyKey").asString("");
    if (key.isEmpty()) {
      checks.required(path.child("topologyKey"), "can not be empty");
    } else {
      checks.invalidAll(path.child("topologyKey"), key, LabelRules.qualifiedName(key));
    }
  }

  private static void spread(JsonNode constraints, Path path, Checks checks) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < constraints.size(); i++) {
      JsonNode constraint = constraints.get(i);
      Path at = path.at(i);
      JsonNode skew = constraint.path("maxSkew");
      if (skew.asLong(0) <= 0) {
        checks.invalid(at.child("maxSkew"), skew.asLong(0), "must be greater than zero");
      }
      topologyKey(constraint, at, checks);
      String action = constraint.path("whenUnsatisfiable").asString("");
      if (!UNSATISFIABLE.contains(action)) {
        checks.notSupported(at.child("whenUnsatisfiable"), action, UNSATISFIABLE);
      }
      for (String policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
        String value = constraint.path(policy).asString("");
        if (!value.isEmpty() && !INCLUSION.contains(value)) {
          checks.notSupported(at.child(policy), value, INCLUSION);
        }
      }
      JsonNode domains = constraint.path("minDomains");
      if (!domains.isMissingNode() && domains.asLong(0) <= 0) {
        checks.invalid(at.child("minDomains"), domains, "must be greater than zero");
      } else if (!domains.isMissingNode() && !action.equals("DoNotSchedule")) {
        checks.invalid(
            at.child("minDomains"),
            domains,
            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
      }
      String pair = constraint.path("topologyKey").asString("") + ", " + action;
      if (!seen.add(pair)) {
        checks.duplicate(at.child("{topologyKey, whenUnsatisfiable}"), "{" + pair + "}");
      }
      SelectorRules.labelSelector(
          constraint.path("labelSelector"), at.child("labelSelector"), checks);
    }
  }

  private static void gates(JsonNode spec, Path path, boolean template, Checks checks) {
    JsonNode gates = spec.path("schedulingGates");
    Set<String> names = new HashSet<>();
    for (int i = 0; i < gates.size(); i++) {
      String name = gates.get(i).path("name").asString("");
      Path at = path.child("schedulingGates").at(i);
      checks.invalidAll(at, name, LabelRules.qualifiedName(name));
      if (!names.add(name)) {
        checks.duplicate(at, name);
      }
    }
    if (!gates.isEmpty() && !template && !spec.path("nodeName").asString("").isEmpty()) {
      checks.forbidden(
          path.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.quantity.EtcdAmounts;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resource quotas: names, amounts, and what scopes go together with. */
final class QuotaRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path SCOPES = SPEC.child("scopes");
  private static final Path EXPRESSIONS = SPEC.child("scopeSelector", "matchExpressions");
  private static final Set<String> POD_AMOUNTS =
      Set.of(
          "cpu",
          "memory",
          "limits.cpu",
          "limits.memory",
          "requests.cpu",
          "requests.memory",
          "pods");
  private static final Set<String> STANDARD =
      Set.of(
          "cpu",
          "memory",
          "ephemeral-storage",
          "requests.cpu",
          "requests.memory",
          "requests.storage",
          "requests.ephemeral-storage",
          "limits.cpu",
          "limits.memory",
          "limits.ephemeral-storage");
  private static final Set<String> PLAIN_SCOPES =
      Set.of("Terminating", "NotTerminating", "BestEffort", "NotBestEffort");
  private static final List<List<String>> CONTRARY =
      List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    amounts(spec.path("hard"), SPEC.child("hard"), checks);
    for (String name : spec.path("hard").propertyNames()) {
      if (EtcdAmounts.claims(name)) {
        checks.invalid(SPEC.child("hard").key(name), name, "bounds whole tenants: see TenantQuota");
      }
    }
    scopes(spec, checks);
    selector(spec, checks);
  }

  /** What a quota may bound, and by how much. */
  static void amounts(JsonNode amounts, Path path, Checks checks) {
    for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
      String name = amount.getKey();
      Path at = path.key(name);
      ResourceRules.resource(name, at, checks);
      if (name.indexOf('/') < 0 && !standard(name)) {
        checks.invalid(at, name, "must be a standard resource for quota");
      }
      JsonNode value = amount.getValue();
      if (value.asString("0").startsWith("-")) {
        checks.invalid(at, value, "must be greater than or equal to 0");
      } else if (ResourceRules.COUNTED.contains(name) && !ClaimRules.amount(value).integral()) {
        checks.invalid(at, value, "must be an integer");
      }
    }
  }

  private static boolean standard(String name) {
    return STANDARD.contains(name)
        || ResourceRules.COUNTED.contains(name)
        || name.startsWith("hugepages-")
        || name.startsWith("requests.hugepages-");
  }

  private static void scopes(JsonNode spec, Checks checks) {
    JsonNode scopes = spec.path("scopes");
    Set<String> all = new HashSet<>();
    for (JsonNode element : scopes) {
      String scope = element.asString("");
      all.add(scope);
      if (!known(scope)) {
        checks.invalid(SCOPES, scopes, "unsupported scope");
      }
      fits(scope, spec, SCOPES, scopes, checks);
    }
    for (List<String> pair : CONTRARY) {
      if (all.containsAll(pair)) {
        checks.invalid(SCOPES, scopes, "conflicting scopes");
      }
    }
  }

  private static boolean known(String scope) {
    return PLAIN_SCOPES.contains(scope)
        || scope.equals("PriorityClass")
        || scope.equals("CrossNamespacePodAffinity")
        || scope.equals("VolumeAttributesClass");
  }

  private static void fits(String scope, JsonNode spec, Path path, JsonNode value, Checks checks) {
    for (String name : spec.path("hard").propertyNames()) {
      if (standard(name) && !fits(scope, name)) {
        checks.invalid(path, value, "unsupported scope applied to resource");
      }
    }
  }

  private static boolean fits(String scope, String name) {
    return switch (scope) {
      case "BestEffort" -> name.equals("pods");
      case "Terminating",
          "NotTerminating",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity" ->
          POD_AMOUNTS.contains(name);
      case "VolumeAttributesClass" ->
          name.equals("persistentvolumeclaims") || name.equals("requests.storage");
      default -> true;
    };
  }

  private static void selector(JsonNode spec, Checks checks) {
    JsonNode expressions = spec.path("scopeSelector").path("matchExpressions");
    for (JsonNode expression : expressions) {
      String scope = expression.path("scopeName").asString("");
      if (!known(scope)) {
        checks.invalid(EXPRESSIONS.child("scopeName"), scope, "unsupported scope");
      }
      fits(scope, spec, EXPRESSIONS, spec.path("scopeSelector"), checks);
      operator(expression, scope, checks);
    }
  }

  private static void operator(JsonNode expression, String scope, Checks checks) {
    String operator = expression.path("operator").asString("");
    JsonNode values = expression.path("values");
    boolean plain = PLAIN_SCOPES.contains(scope) || scope.equals("CrossNamespacePodAffinity");
    if (plain && !operator.equals("Exists")) {
      checks.invalid(
          EXPRESSIONS.child("operator"),
          operator,
          "must be 'Exist' when scope is any of ResourceQuotaScopeTerminating,"
              + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
              + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
    }
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          checks.required(
              EXPRESSIONS.child("values"),
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          checks.invalid(
              EXPRESSIONS.child("values"),
              values,
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
        }
      }
      default ->
          checks.invalid(EXPRESSIONS.child("operator"), operator, "not a valid selector operator");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode scopes = object.path("spec").path("scopes");
    if (!set(scopes).equals(set(old.path("spec").path("scopes")))) {
      checks.immutable(SCOPES, scopes);
    }
  }

  private static Set<String> set(JsonNode list) {
    Set<String> set = new HashSet<>();
    list.forEach(element -> set.add(element.asString("")));
    return set;
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    for (String list : List.of("hard", "used")) {
      amounts(object.path("status").path(list), Path.of("status").child(list), checks);
    }
  }
}

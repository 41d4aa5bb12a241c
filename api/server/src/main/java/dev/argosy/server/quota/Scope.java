package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which objects a quota is about, besides their kind.
 *
 * @param operator {@code In}, {@code NotIn}, {@code Exists}, {@code DoesNotExist}
 */
record Scope(String name, String operator, Set<String> values) {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");

  static List<Scope> of(JsonNode spec) {
    List<Scope> scopes = new ArrayList<>();
    for (JsonNode scope : spec.path("scopes")) {
      scopes.add(new Scope(scope.asString(""), "Exists", Set.of()));
    }
    for (JsonNode each : spec.path("scopeSelector").path("matchExpressions")) {
      Set<String> values =
          Set.copyOf(each.path("values").valueStream().map(v -> v.asString("")).toList());
      scopes.add(
          new Scope(
              each.path("scopeName").asString(""), each.path("operator").asString(""), values));
    }
    return List.copyOf(scopes);
  }

  boolean matches(GroupResource resource, JsonNode object) {
    JsonNode spec = object.path("spec");
    if (name.equals("VolumeAttributesClass")) {
      return resource.equals(CLAIMS) && AttributesClasses.of(object).stream().anyMatch(this::named);
    }
    if (!resource.equals(PODS)) {
      return false;
    }
    return switch (name) {
      case "Terminating" -> spec.hasNonNull("activeDeadlineSeconds");
      case "NotTerminating" -> !spec.hasNonNull("activeDeadlineSeconds");
      case "BestEffort" -> bestEffort(spec);
      case "NotBestEffort" -> !bestEffort(spec);
      case "PriorityClass" -> named(spec.path("priorityClassName").asString(""));
      case "CrossNamespacePodAffinity" -> acrossNamespaces(spec.path("affinity"));
      default -> false;
    };
  }

  private boolean named(String value) {
    return switch (operator) {
      case "In" -> values.contains(value);
      case "NotIn" -> !values.contains(value);
      case "Exists" -> !value.isEmpty();
      case "DoesNotExist" -> value.isEmpty();
      default -> false;
    };
  }

  private static boolean bestEffort(JsonNode spec) {
    if (asks(spec)) {
      return false;
    }
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        if (asks(container)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean asks(JsonNode holder) {
    return PodUsage.ofContainer(holder).entrySet().stream()
        .anyMatch(entry ->
            (entry.getKey().endsWith("cpu") || entry.getKey().endsWith("memory"))
                && entry.getValue().signum() > 0);
  }

  private static boolean acrossNamespaces(JsonNode affinity) {
    for (String sort : List.of("podAffinity", "podAntiAffinity")) {
      JsonNode terms = affinity.path(sort);
      for (JsonNode term : terms.path("requiredDuringSchedulingIgnoredDuringExecution")) {
        if (crosses(term)) {
          return true;
        }
      }
      for (JsonNode term : terms.path("preferredDuringSchedulingIgnoredDuringExecution")) {
        if (crosses(term.path("podAffinityTerm"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean crosses(JsonNode term) {
    return !term.path("namespaces").isEmpty() || term.has("namespaceSelector");
  }
}

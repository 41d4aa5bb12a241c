package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Requests and limits. */
final class ResourceRules {

  private static final Set<String> STANDARD = Set.of("cpu", "memory", "ephemeral-storage");

  /** What is counted by objects, not by an amount that they name. */
  static final Set<String> COUNTED =
      Set.of(
          "pods",
          "resourcequotas",
          "services",
          "replicationcontrollers",
          "secrets",
          "persistentvolumeclaims",
          "configmaps",
          "services.nodeports",
          "services.loadbalancers");

  private ResourceRules() {}

  static void container(JsonNode resources, Path path, Checks checks) {
    JsonNode limits = resources.path("limits");
    JsonNode requests = resources.path("requests");
    list(limits, path.child("limits"), checks);
    list(requests, path.child("requests"), checks);
    if ((huge(limits) || huge(requests)) && !ordinary(limits) && !ordinary(requests)) {
      checks.forbidden(path, "HugePages require cpu or memory");
    }
    if (!requests.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> request : requests.properties()) {
      compare(request.getKey(), request.getValue(), limits, path.child("requests"), checks);
    }
  }

  private static boolean huge(JsonNode amounts) {
    return amounts.propertyNames().stream().anyMatch(name -> name.startsWith("hugepages-"));
  }

  private static boolean ordinary(JsonNode amounts) {
    return amounts.has("cpu") || amounts.has("memory");
  }

  private static void compare(
      String name, JsonNode request, JsonNode limits, Path path, Checks checks) {
    JsonNode limit = limits.path(name);
    boolean overcommittable = STANDARD.contains(name);
    if (limit.isMissingNode()) {
      if (!overcommittable) {
        checks.required(path.key(name), "Limit must be set for non overcommitable resources");
      }
      return;
    }
    if (request.equals(limit)) {
      return;
    }
    int order = quantity(request).compareTo(quantity(limit));
    if (order != 0 && !overcommittable) {
      checks.invalid(path, request, "must be equal to " + name + " limit of " + limit.asString(""));
    } else if (order > 0) {
      checks.invalid(
          path,
          request,
          "must be less than or equal to " + name + " limit of " + limit.asString(""));
    }
  }

  private static void list(JsonNode amounts, Path path, Checks checks) {
    if (!amounts.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
      String name = amount.getKey();
      containerResource(name, path.key(name), checks);
    }
    amounts(amounts, path, checks);
  }

  /** The name of something that containers can ask for. */
  static void containerResource(String name, Path path, Checks checks) {
    if (!STANDARD.contains(name) && !name.startsWith("hugepages-")) {
      checks.invalidAll(path, name, LabelRules.qualifiedName(name));
      if (name.indexOf('/') < 0) {
        checks.invalid(path, name, "must be a standard resource for containers");
      }
    }
  }

  /** The name of anything that is counted. */
  static void resource(String name, Path path, Checks checks) {
    checks.invalidAll(path, name, LabelRules.qualifiedName(name));
    boolean standard =
        name.equals("storage")
            || COUNTED.contains(name)
            || STANDARD.contains(name)
            || name.startsWith("hugepages-")
            || name.startsWith("requests.")
            || name.startsWith("limits.");
    if (name.indexOf('/') < 0 && LabelRules.qualifiedName(name).isEmpty() && !standard) {
      checks.invalid(path, name, "must be a standard resource type or fully qualified");
    }
  }

  /** Whether containers may be promised more of it than there is. */
  static boolean overcommittable(String name) {
    return STANDARD.contains(name) || name.equals("storage");
  }

  /** No amount may be negative, and things that are counted come whole. */
  static void amounts(JsonNode amounts, Path path, Checks checks) {
    if (!amounts.isObject()) {
      return;
    }
    for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
      String text = amount.getValue().asString("0");
      if (text.startsWith("-")) {
        checks.invalid(path.key(amount.getKey()), text, "must be greater than or equal to 0");
      } else if (!STANDARD.contains(amount.getKey()) && !quantity(amount.getValue()).integral()) {
        checks.invalid(path.key(amount.getKey()), text, "must be an integer");
      }
    }
  }

  private static Quantity quantity(JsonNode value) {
    return Quantity.parse(value.asString("0"));
  }
}

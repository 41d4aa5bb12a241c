package dev.argosy.model.schema.validation;

import dev.argosy.model.name.LabelRules;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Limit ranges: per kind of thing, amounts that must not contradict each other. */
final class LimitRangeRules implements KindRules {

  private static final Path LIMITS = Path.of("spec").child("limits");
  private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
  private static final List<String> LISTS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode limits = object.path("spec").path("limits");
    Set<String> types = new HashSet<>();
    for (int i = 0; i < limits.size(); i++) {
      item(limits.get(i), LIMITS.at(i), types, checks);
    }
  }

  private static void item(JsonNode item, Path path, Set<String> types, Checks checks) {
    String type = item.path("type").asString("");
    checks.invalidAll(path.child("type"), type, LabelRules.qualifiedName(type));
    if (type.indexOf('/') < 0 && !TYPES.contains(type)) {
      checks.invalid(path.child("type"), type, "must be a standard limit type or fully qualified");
    }
    if (!types.add(type)) {
      checks.duplicate(path.child("type"), type);
    }
    Set<String> names = new TreeSet<>();
    for (String list : LISTS) {
      names(item, type, list, path, checks);
      names.addAll(item.path(list).propertyNames());
    }
    boolean bounded = item.path("min").has("storage") || item.path("max").has("storage");
    if (type.equals("PersistentVolumeClaim") && !bounded) {
      checks.required(
          path.child("limits"),
          "either minimum or maximum storage value is required, but neither was provided");
    }
    names.forEach(name -> new Amounts(item, name, path, checks).compare());
  }

  private static void names(JsonNode item, String type, String list, Path path, Checks checks) {
    boolean byDefault = list.startsWith("default");
    if (type.equals("Pod") && byDefault) {
      if (!item.path(list).isEmpty()) {
        checks.forbidden(path.child(list), "may not be specified when `type` is 'Pod'");
      }
      return;
    }
    for (String name : item.path(list).propertyNames()) {
      Path at = path.child(list).key(name);
      if (type.equals("Pod") || type.equals("Container")) {
        ResourceRules.containerResource(name, at, checks);
      } else {
        ResourceRules.resource(name, at, checks);
      }
    }
  }

  /** All that is said about one resource. */
  private record Amounts(JsonNode item, String name, Path path, Checks checks) {

    private static final Quantity ONE = Quantity.parse("1");

    private @Nullable Quantity of(String list) {
      JsonNode amount = item.path(list).path(name);
      return amount.isMissingNode() ? null : Quantity.parse(amount.asString("0"));
    }

    void compare() {
      Quantity min = of("min");
      Quantity max = of("max");
      Quantity limit = of("default");
      Quantity request = of("defaultRequest");
      ordered("min", min, max, "min value %s is greater than max value %s");
      ordered(
          "defaultRequest", min, request, "min value %s is greater than default request value %s");
      ordered(
          "defaultRequest", request, max, "default request value %s is greater than max value %s");
      ordered(
          "defaultRequest",
          request,
          limit,
          "default request value %s is greater than default limit value %s");
      ordered("default", min, limit, "min value %s is greater than default value %s");
      ordered("default", limit, max, "default value %s is greater than max value %s");
      Quantity ratio = of("maxLimitRequestRatio");
      if (ratio != null && ratio.compareTo(ONE) < 0) {
        wrong("maxLimitRequestRatio", "ratio " + ratio + " is less than 1");
      }
      boolean exact = !ResourceRules.overcommittable(name);
      if (exact && limit != null && request != null && limit.compareTo(request) != 0) {
        wrong(
            "defaultRequest",
            "default value "
                + limit
                + " must equal to defaultRequest value "
                + request
                + " in "
                + name);
      }
    }

    private void ordered(
        String list, @Nullable Quantity low, @Nullable Quantity high, String message) {
      if (low != null && high != null && low.compareTo(high) > 0) {
        wrong(list, String.format(message, low, high));
      }
    }

    private void wrong(String list, String message) {
      checks.invalid(path.child(list).key(name), item.path(list).path(name), message);
    }
  }
}

package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The metrics that an autoscaler follows. */
final class MetricRules {

  private static final List<String> TYPES =
      List.of("ContainerResource", "External", "Object", "Pods", "Resource");
  private static final Map<String, String> FIELD_OF_TYPE =
      Map.of(
          "ContainerResource", "containerResource",
          "External", "external",
          "Object", "object",
          "Pods", "pods",
          "Resource", "resource");
  private static final List<String> FIELDS =
      List.of("object", "external", "pods", "resource", "containerResource");
  private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

  private MetricRules() {}

  static void validate(JsonNode metrics, Path path, Checks checks) {
    for (int i = 0; i < metrics.size(); i++) {
      metric(metrics.get(i), path.at(i), checks);
    }
  }

  /** Whether a metric can be there while there are no pods. */
  static boolean reachesBeyondPods(JsonNode metrics) {
    for (JsonNode metric : metrics) {
      String type = metric.path("type").asString("");
      if (type.equals("Object") || type.equals("External")) {
        return true;
      }
    }
    return false;
  }

  private static void metric(JsonNode metric, Path path, Checks checks) {
    String type = metric.path("type").asString("");
    if (type.isEmpty()) {
      checks.required(path.child("type"), "must specify a metric source type");
    } else if (!TYPES.contains(type)) {
      checks.notSupported(path.child("type"), type, TYPES);
    }
    List<String> present = new ArrayList<>(FIELDS);
    present.removeIf(field -> !metric.has(field));
    if (!present.isEmpty()) {
      String first = present.getFirst();
      source(first, metric.path(first), path.child(first), checks);
    }
    String expected = FIELD_OF_TYPE.getOrDefault(type, "");
    if (!expected.isEmpty() && !present.contains(expected)) {
      checks.required(
          path.child(expected), "must populate information for the given metric source");
    }
    if (present.size() != 1) {
      present.remove(expected);
      present.forEach(other ->
          checks.forbidden(path.child(other), "must populate the given metric source only"));
    }
  }

  private static void source(String kind, JsonNode source, Path path, Checks checks) {
    JsonNode target = source.path("target");
    Path at = path.child("target");
    switch (kind) {
      case "object" -> {
        ScalerRules.reference(
            source.path("describedObject"), path.child("describedObject"), checks);
        identifier(source.path("metric"), path.child("metric"), checks);
        target(target, at, checks);
        oneOfBoth(
            target, at, "averageValue", "must set either a target value or averageValue", checks);
      }
      case "external" -> {
        identifier(source.path("metric"), path.child("metric"), checks);
        target(target, at, checks);
        String either = "must set either a target value for metric or a per-pod target";
        oneOfBoth(target, at, "averageValue", either, checks);
        if (target.has("value") && target.has("averageValue")) {
          checks.forbidden(
              at.child("value"), "may not set both a target value for metric and a per-pod target");
        }
      }
      case "pods" -> {
        identifier(source.path("metric"), path.child("metric"), checks);
        target(target, at, checks);
        if (!target.has("averageValue")) {
          checks.required(at.child("averageValue"), "must specify a positive target averageValue");
        }
      }
      default -> resource(kind, source, path, checks);
    }
  }

  private static void oneOfBoth(
      JsonNode target, Path path, String field, String message, Checks checks) {
    if (!target.has("value") && !target.has("averageValue")) {
      checks.required(path.child(field), message);
    }
  }

  private static void resource(String kind, JsonNode source, Path path, Checks checks) {
    String name = source.path("name").asString("");
    boolean container = kind.equals("containerResource");
    if (name.isEmpty()) {
      checks.required(path.child("name"), "must specify a resource name");
    } else if (container) {
      ResourceRules.containerResource(name, path.child("name"), checks);
    }
    if (container) {
      String of = source.path("container").asString("");
      if (of.isEmpty()) {
        checks.required(path.child("container"), "must specify a container");
      } else {
        checks.invalidAll(path.child("container"), of, NameRules.dnsLabel(of));
      }
    }
    JsonNode target = source.path("target");
    Path at = path.child("target");
    target(target, at, checks);
    boolean share = target.has("averageUtilization");
    boolean amount = target.has("averageValue");
    if (!share && !amount) {
      checks.required(
          at.child("averageUtilization"),
          "must set either a target raw value or a target utilization");
    } else if (share && amount) {
      checks.forbidden(
          at.child("averageValue"), "may not set both a target raw value and a target utilization");
    }
  }

  private static void target(JsonNode target, Path path, Checks checks) {
    String type = target.path("type").asString("");
    if (type.isEmpty()) {
      checks.required(path.child("type"), "must specify a metric target type");
    }
    if (!TARGETS.contains(type)) {
      checks.invalid(
          path.child("type"), type, "must be either Utilization, Value, or AverageValue");
    }
    for (String value : List.of("value", "averageValue")) {
      JsonNode amount = target.path(value);
      if (!amount.isMissingNode()
          && Quantity.parse(amount.asString("0")).compareTo(Quantity.parse("0")) <= 0) {
        checks.invalid(path.child(value), amount, "must be positive");
      }
    }
    JsonNode share = target.path("averageUtilization");
    if (!share.isMissingNode() && share.asLong(0) < 1) {
      checks.invalid(path.child("averageUtilization"), share, "must be greater than 0");
    }
  }

  private static void identifier(JsonNode metric, Path path, Checks checks) {
    String name = metric.path("name").asString("");
    if (name.isEmpty()) {
      checks.required(path.child("name"), "must specify a metric name");
    } else {
      checks.invalidAll(path.child("name"), name, NameRules.pathSegment(name));
    }
  }
}

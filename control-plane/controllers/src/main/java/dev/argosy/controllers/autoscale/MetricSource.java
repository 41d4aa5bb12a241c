package dev.argosy.controllers.autoscale;

import dev.argosy.model.selector.LabelSelector;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One entry of {@code spec.metrics}: what is measured, and what it shall be. */
sealed interface MetricSource {

  Target target();

  /** Which of its fields in the API says it; also its field in the status. */
  String field();

  /**
   * What the pods use of a resource.
   *
   * @param container only this one of each pod; empty for all
   */
  record Resource(String name, Optional<String> container, Target target) implements MetricSource {
    @Override
    public String field() {
      return container.isPresent() ? "containerResource" : "resource";
    }
  }

  /** A custom metric of each pod. */
  record Pods(Named metric, Target target) implements MetricSource {
    @Override
    public String field() {
      return "pods";
    }
  }

  /** A custom metric of one object. */
  record OfObject(Reference object, Named metric, Target target) implements MetricSource {
    @Override
    public String field() {
      return "object";
    }
  }

  /** A metric of something outside of the cluster. */
  record External(Named metric, Target target) implements MetricSource {
    @Override
    public String field() {
      return "external";
    }
  }

  /** A type that this controller does not know. */
  record Unknown(String type) implements MetricSource {
    @Override
    public Target target() {
      return new Target.Value(0);
    }

    @Override
    public String field() {
      return "";
    }
  }

  /**
   * A metric that is not of a resource.
   *
   * @param selector further labels of it, as in a query; empty for none
   */
  record Named(String name, String selector) {

    static Named of(JsonNode metric) {
      JsonNode selector = metric.get("selector");
      return new Named(
          metric.path("name").asString(""),
          selector == null ? "" : LabelSelector.ofObject(selector).toString());
    }
  }

  static MetricSource of(JsonNode metric) {
    String type = metric.path("type").asString("");
    JsonNode resource = metric.path("resource");
    JsonNode container = metric.path("containerResource");
    return switch (type) {
      case "Resource" -> new Resource(text(resource, "name"), Optional.empty(), target(resource));
      case "ContainerResource" ->
          new Resource(
              text(container, "name"),
              Optional.of(text(container, "container")),
              target(container));
      case "Pods" -> new Pods(named(metric.path("pods")), target(metric.path("pods")));
      case "Object" ->
          new OfObject(
              Reference.of(metric.path("object").path("describedObject")),
              named(metric.path("object")),
              target(metric.path("object")));
      case "External" ->
          new External(named(metric.path("external")), target(metric.path("external")));
      default -> new Unknown(type);
    };
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static Named named(JsonNode source) {
    return Named.of(source.path("metric"));
  }

  private static Target target(JsonNode source) {
    return Target.of(source.path("target"));
  }
}

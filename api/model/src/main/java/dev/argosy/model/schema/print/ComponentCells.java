package dev.argosy.model.schema.print;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of component statuses, which have one condition that says all. */
final class ComponentCells {

  private ComponentCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "status" -> (component, now) -> status(healthy(component));
      case "message", "error" -> (component, now) -> healthy(component).path(word).asString("");
      default -> throw new IllegalArgumentException("columns.tsv: component " + word);
    };
  }

  private static String status(JsonNode condition) {
    if (condition.isMissingNode()) {
      return "Unknown";
    }
    return condition.path("status").asString("").equals("True") ? "Healthy" : "Unhealthy";
  }

  private static JsonNode healthy(ObjectNode component) {
    for (JsonNode condition : component.path("conditions")) {
      if (condition.path("type").asString("").equals("Healthy")) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }
}

package dev.argosy.model.schema.print;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of horizontal pod autoscalers (version 2): what is measured, and what is wanted. */
final class ScalerCells {

  private static final int SHOWN = 2;

  private ScalerCells() {}

  static Cell of(String word) {
    if (word.equals("targets")) {
      return (scaler, now) -> targets(scaler);
    }
    throw new IllegalArgumentException("columns.tsv: scaler " + word);
  }

  private static String targets(ObjectNode scaler) {
    JsonNode wanted = scaler.path("spec").path("metrics");
    JsonNode measured = scaler.path("status").path("currentMetrics");
    if (wanted.isEmpty()) {
      return "<none>";
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN, wanted.size()); i++) {
      all.add(metric(wanted.get(i), measured.path(i)));
    }
    String text = String.join(", ", all);
    int more = wanted.size() - SHOWN;
    return more > 0 ? text + " + " + more + " more..." : text;
  }

  private static String metric(JsonNode wanted, JsonNode measured) {
    return switch (wanted.path("type").asString("")) {
      case "Resource" -> resource(wanted.path("resource"), measured.path("resource"));
      case "ContainerResource" ->
          resource(wanted.path("containerResource"), measured.path("containerResource"));
      case "Pods" -> pair(wanted.path("pods"), measured.path("pods"), "averageValue");
      case "Object" -> either(wanted.path("object"), measured.path("object"));
      case "External" -> either(wanted.path("external"), measured.path("external"));
      default -> "<unknown type>";
    };
  }

  private static String resource(JsonNode wanted, JsonNode measured) {
    String name = wanted.path("name").asString("") + ": ";
    if (wanted.path("target").has("averageValue")) {
      return name + pair(wanted, measured, "averageValue");
    }
    String target = percent(wanted.path("target").path("averageUtilization"), "<auto>");
    String current = percent(measured.path("current").path("averageUtilization"), Ages.UNKNOWN);
    return name + current + "/" + target;
  }

  private static String percent(JsonNode value, String missing) {
    return value.isNumber() ? value.asLong(0) + "%" : missing;
  }

  private static String either(JsonNode wanted, JsonNode measured) {
    return wanted.path("target").has("averageValue")
        ? pair(wanted, measured, "averageValue") + " (avg)"
        : pair(wanted, measured, "value");
  }

  private static String pair(JsonNode wanted, JsonNode measured, String value) {
    String current = Cells.text(measured.path("current").path(value), Ages.UNKNOWN);
    return current + "/" + wanted.path("target").path(value).asString("0");
  }
}

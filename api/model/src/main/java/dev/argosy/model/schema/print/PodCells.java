package dev.argosy.model.schema.print;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of pods. */
final class PodCells {

  private static final String NONE = "<none>";

  private PodCells() {}

  static Cell of(String word) {
    return switch (word) {
      case "ready" -> (pod, now) -> PodSummary.of(pod).readyText();
      case "status" -> (pod, now) -> PodSummary.of(pod).reason();
      case "restarts" -> new TimedCell(pod -> PodSummary.of(pod).restarts());
      case "ip" -> (pod, now) -> ip(pod);
      case "gates" -> (pod, now) -> gates(pod);
      default -> throw new IllegalArgumentException("columns.tsv: pod " + word);
    };
  }

  private static String ip(ObjectNode pod) {
    JsonNode status = pod.path("status");
    String first = status.path("podIPs").path(0).path("ip").asString("");
    return first.isEmpty() ? Cells.text(status.path("podIP"), NONE) : first;
  }

  private static String gates(ObjectNode pod) {
    JsonNode gates = pod.path("spec").path("readinessGates");
    if (gates.isEmpty()) {
      return NONE;
    }
    int open = 0;
    for (JsonNode gate : gates) {
      String type = gate.path("conditionType").asString("");
      open += PodSummary.conditionTrue(pod.path("status"), type) ? 1 : 0;
    }
    return open + "/" + gates.size();
  }
}

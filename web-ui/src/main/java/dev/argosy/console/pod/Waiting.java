package dev.argosy.console.pod;

import dev.argosy.model.node.Unschedulable;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Why a pod has no node, as its annotation says: one line for each reason, and what would do. */
record Waiting(String filter, String reason, String nodes) {

  /** Empty for a pod that does not wait, or whose annotation somebody has written badly. */
  static List<Waiting> of(ApiObject pod) {
    String text = pod.meta().annotations().getOrDefault(Unschedulable.ANNOTATION, "");
    if (text.isEmpty() || !pod.tree().path("spec").path("nodeName").asString("").isEmpty()) {
      return List.of();
    }
    try {
      return of(Json.mapper().readTree(text));
    } catch (JacksonException e) {
      return List.of();
    }
  }

  private static List<Waiting> of(JsonNode told) {
    List<Waiting> all = new ArrayList<>();
    for (JsonNode reason : told.path("reasons")) {
      all.add(
          new Waiting(
              reason.path("filter").asString(""),
              reason.path("reason").asString(""),
              reason.path("nodes").asInt(0) + " of " + told.path("nodes").asInt(0)));
    }
    JsonNode nearest = told.path("nearest");
    for (JsonNode lack : nearest.path("lacks")) {
      all.add(
          new Waiting(
              lack.path("filter").asString(""),
              "nearest fit, lacks " + lack.path("message").asString(""),
              nearest.path("node").asString("")));
    }
    return all;
  }
}

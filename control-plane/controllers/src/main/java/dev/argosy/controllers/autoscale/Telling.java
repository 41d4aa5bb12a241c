package dev.argosy.controllers.autoscale;

import dev.argosy.model.event.EventRecorder;
import tools.jackson.databind.JsonNode;

/** What is told about an autoscaler while it is looked at. */
record Telling(ScalerView scaler, ScalerStatus status, EventRecorder events) {

  void warning(String reason, String message) {
    events.warning(scaler.subject(), reason, message);
  }

  void normal(String reason, String message) {
    events.normal(scaler.subject(), reason, message);
  }

  void metrics(Proposals proposals) {
    JsonNode specs = scaler.object().tree().path("spec").path("metrics");
    status.metrics(proposals.toJson(specs));
  }
}

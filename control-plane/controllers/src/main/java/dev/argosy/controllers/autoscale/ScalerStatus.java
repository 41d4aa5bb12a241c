package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.model.object.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of an autoscaler while it is looked at; used by one thread. */
final class ScalerStatus {

  static final String ABLE = "AbleToScale";
  static final String ACTIVE = "ScalingActive";
  static final String LIMITED = "ScalingLimited";

  private final Instant now;
  private final ObjectNode before;
  private final ObjectNode status;
  private final List<Condition> conditions;

  ScalerStatus(ScalerView scaler, Instant now) {
    this.now = now;
    ObjectNode found =
        scaler.object().tree().get("status") instanceof ObjectNode present
            ? present
            : Json.object();
    this.before = found;
    this.status = found.deepCopy();
    this.conditions = new ArrayList<>(Condition.read(found));
    long generation = scaler.object().meta().generation();
    if (generation > 0) {
      status.put("observedGeneration", generation);
    }
  }

  /** Says a condition; its time stays as long as its status does. */
  void condition(String type, boolean yes, String reason, String message) {
    String value = yes ? "True" : "False";
    for (int i = 0; i < conditions.size(); i++) {
      Condition old = conditions.get(i);
      if (old.type().equals(type)) {
        String changed = old.status().equals(value) ? old.changed() : now.toString();
        conditions.set(i, new Condition(type, value, reason, message, "", changed));
        return;
      }
    }
    conditions.add(new Condition(type, value, reason, message, "", now.toString()));
  }

  void condition(String type, Pace.Saying says) {
    condition(type, says.yes(), says.reason(), says.message());
  }

  void metrics(ArrayNode metrics) {
    if (metrics.isEmpty()) {
      status.remove("currentMetrics");
    } else {
      status.set("currentMetrics", metrics);
    }
  }

  /** How many there are asked for now. */
  void current(int replicas) {
    status.put("currentReplicas", replicas);
    if (!status.has("desiredReplicas")) {
      status.put("desiredReplicas", 0);
    }
  }

  /** How many are asked for from now on. */
  void desired(int replicas, boolean changed) {
    status.put("desiredReplicas", replicas);
    if (changed) {
      status.put("lastScaleTime", now.toString());
    }
  }

  /** What to write; the status as it was if there is nothing new. */
  ObjectNode toJson() {
    if (!conditions.isEmpty()) {
      Condition.write(status.putArray("conditions"), conditions);
    }
    return status;
  }

  boolean unchanged() {
    return Json.same(toJson(), before);
  }
}

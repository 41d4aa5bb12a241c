package dev.argosy.controllers.autoscale;

import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.JsonNode;

/** What a metric shall be. Amounts are thousandths. */
sealed interface Target {

  /** So many percent of what the pods request. */
  record Utilization(int percent) implements Target {}

  /** So much for each pod. */
  record AverageValue(long milli) implements Target {}

  /** So much in all. */
  record Value(long milli) implements Target {}

  /** Of the three fields the one that is set counts, as in Kubernetes. */
  static Target of(JsonNode target) {
    if (target.has("averageUtilization")) {
      return new Utilization(target.path("averageUtilization").asInt(0));
    }
    return target.has("averageValue")
        ? new AverageValue(milli(target.path("averageValue")))
        : new Value(milli(target.path("value")));
  }

  private static long milli(JsonNode quantity) {
    return Quantity.parse(quantity.asString("0")).milliValue();
  }
}

package dev.argosy.controllers.autoscale;

import dev.argosy.model.object.Json;
import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many replicas one metric asks for, and what it is at the moment.
 *
 * @param name how events and conditions call it
 */
record Measured(int replicas, String name, Current current) {

  /** What a metric is at the moment; amounts are thousandths. */
  sealed interface Current {

    /** Percent of what is requested, and how much that is for each pod. */
    record Utilization(int percent, long average) implements Current {}

    /** So much for each pod. */
    record Average(long milli) implements Current {}

    /** So much in all. */
    record Total(long milli) implements Current {}

    /** As the status has it. */
    default ObjectNode toJson() {
      ObjectNode json = Json.object();
      switch (this) {
        case Utilization(int percent, long average) ->
            json.put("averageUtilization", percent).put("averageValue", text(average));
        case Average(long milli) -> json.put("averageValue", text(milli));
        case Total(long milli) -> json.put("value", text(milli));
      }
      return json;
    }

    private static String text(long milli) {
      return Quantity.ofMillis(milli).toString();
    }
  }
}

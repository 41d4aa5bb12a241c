package dev.argosy.model.schema.defaulting;

import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of deployments. */
final class WorkloadDefaults {

  private WorkloadDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("apps/v1.DeploymentSpec", WorkloadDefaults::rollingUpdate);
  }

  private static void rollingUpdate(ObjectNode spec) {
    if (spec.get("strategy") instanceof ObjectNode strategy
        && strategy.path("type").asString("").equals("RollingUpdate")) {
      ObjectNode rolling =
          strategy.get("rollingUpdate") instanceof ObjectNode there
              ? there
              : strategy.putObject("rollingUpdate");
      if (!rolling.has("maxUnavailable")) {
        rolling.put("maxUnavailable", "25%");
      }
      if (!rolling.has("maxSurge")) {
        rolling.put("maxSurge", "25%");
      }
    }
  }
}

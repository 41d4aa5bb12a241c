package dev.argosy.model.schema.defaulting;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of horizontal pod autoscalers. */
final class ScalerDefaults {

  private static final int CPU_PERCENT = 80;
  private static final int PERIOD_SECONDS = 15;
  private static final String CARRIED = "autoscaling.alpha.kubernetes.io/metrics";

  private ScalerDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("autoscaling/v1.HorizontalPodAutoscaler", ScalerDefaults::older);
    defaults.add("autoscaling/v2.HorizontalPodAutoscalerSpec", ScalerDefaults::metrics);
    defaults.add("autoscaling/v2.HorizontalPodAutoscalerBehavior", ScalerDefaults::behavior);
  }

  /** The old version carries metrics besides the CPU in an annotation. */
  private static void older(ObjectNode scaler) {
    if (!scaler.path("metadata").path("annotations").has(CARRIED)) {
      Children.putIfMissing(
          Children.of(scaler, "spec"), "targetCPUUtilizationPercentage", CPU_PERCENT);
    }
  }

  private static void metrics(ObjectNode spec) {
    if (!spec.path("metrics").isEmpty()) {
      return;
    }
    ObjectNode metric = spec.putArray("metrics").addObject().put("type", "Resource");
    ObjectNode cpu = metric.putObject("resource").put("name", "cpu");
    cpu.putObject("target").put("type", "Utilization").put("averageUtilization", CPU_PERCENT);
  }

  private static void behavior(ObjectNode behavior) {
    ObjectNode up = Children.of(behavior, "scaleUp");
    Children.putIfMissing(up, "stabilizationWindowSeconds", 0);
    rules(up, List.of("Pods", "Percent"));
    rules(Children.of(behavior, "scaleDown"), List.of("Percent"));
  }

  private static void rules(ObjectNode rules, List<String> kinds) {
    Children.putIfMissing(rules, "selectPolicy", "Max");
    if (!rules.path("policies").isEmpty()) {
      return;
    }
    ArrayNode policies = rules.putArray("policies");
    for (String kind : kinds) {
      ObjectNode policy = policies.addObject().put("type", kind);
      policy.put("value", kind.equals("Pods") ? 4 : 100).put("periodSeconds", PERIOD_SECONDS);
    }
  }
}

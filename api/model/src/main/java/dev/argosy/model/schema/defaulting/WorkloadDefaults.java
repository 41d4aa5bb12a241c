package dev.argosy.model.schema.defaulting;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of deployments, daemon sets, stateful sets, replication controllers. */
final class WorkloadDefaults {

  private WorkloadDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("apps/v1.DeploymentSpec", WorkloadDefaults::deployment);
    defaults.add("apps/v1.DaemonSetSpec", WorkloadDefaults::daemonSet);
    defaults.add("apps/v1.StatefulSetSpec", WorkloadDefaults::statefulSet);
    defaults.add("apps/v1.StatefulSetSpec", WorkloadDefaults::claims);
    defaults.add("v1.ReplicationController", WorkloadDefaults::replicationController);
  }

  private static void deployment(ObjectNode spec) {
    if (spec.get("strategy") instanceof ObjectNode strategy && rolls(strategy)) {
      ObjectNode rolling = Children.of(strategy, "rollingUpdate");
      Children.putIfMissing(rolling, "maxUnavailable", "25%");
      Children.putIfMissing(rolling, "maxSurge", "25%");
    }
  }

  private static boolean rolls(JsonNode strategy) {
    return strategy.path("type").asString("").equals("RollingUpdate");
  }

  private static void daemonSet(ObjectNode spec) {
    if (spec.get("updateStrategy") instanceof ObjectNode strategy && rolls(strategy)) {
      ObjectNode rolling = Children.of(strategy, "rollingUpdate");
      Children.putIfMissing(rolling, "maxUnavailable", 1);
      Children.putIfMissing(rolling, "maxSurge", 0);
    }
  }

  private static void statefulSet(ObjectNode spec) {
    ObjectNode strategy = Children.of(spec, "updateStrategy");
    if (strategy.path("type").asString("").isEmpty()) {
      strategy.put("type", "RollingUpdate");
      Children.of(strategy, "rollingUpdate");
    }
    if (rolls(strategy) && strategy.get("rollingUpdate") instanceof ObjectNode rolling) {
      Children.putIfMissing(rolling, "partition", 0);
      Children.putIfMissing(rolling, "maxUnavailable", 1);
    }
  }

  private static void claims(ObjectNode spec) {
    for (JsonNode template : spec.path("volumeClaimTemplates")) {
      if (template instanceof ObjectNode claim) {
        Children.putIfMissing(claim, "apiVersion", "v1");
        Children.putIfMissing(claim, "kind", "PersistentVolumeClaim");
      }
    }
  }

  private static void replicationController(ObjectNode controller) {
    JsonNode labels = controller.path("spec").path("template").path("metadata").path("labels");
    if (controller.get("spec") instanceof ObjectNode spec
        && spec.path("selector").isEmpty()
        && !labels.isEmpty()) {
      spec.set("selector", labels.deepCopy());
    }
    Children.labelsOfTemplate(controller);
  }
}

package dev.argosy.model.schema.defaulting;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of services. Addresses and node ports are given at storage, not here. */
final class ServiceDefaults {

  private ServiceDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("v1.ServiceSpec", ServiceDefaults::affinity);
    defaults.add("v1.ServiceSpec", ServiceDefaults::traffic);
    defaults.add("v1.ServicePort", ServiceDefaults::targetPort);
  }

  private static void affinity(ObjectNode spec) {
    if (!spec.path("sessionAffinity").asString("").equals("ClientIP")) {
      spec.remove("sessionAffinityConfig");
      return;
    }
    ObjectNode config =
        spec.get("sessionAffinityConfig") instanceof ObjectNode there
            ? there
            : spec.putObject("sessionAffinityConfig");
    ObjectNode client =
        config.get("clientIP") instanceof ObjectNode there ? there : config.putObject("clientIP");
    if (!client.has("timeoutSeconds")) {
      client.put("timeoutSeconds", 10_800);
    }
  }

  private static void traffic(ObjectNode spec) {
    String type = spec.path("type").asString("");
    boolean balanced = type.equals("LoadBalancer");
    boolean outside =
        balanced
            || type.equals("NodePort")
            || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
    if (outside && !spec.has("externalTrafficPolicy")) {
      spec.put("externalTrafficPolicy", "Cluster");
    }
    if (!type.equals("ExternalName") && !spec.has("internalTrafficPolicy")) {
      spec.put("internalTrafficPolicy", "Cluster");
    }
    if (balanced && !spec.has("allocateLoadBalancerNodePorts")) {
      spec.put("allocateLoadBalancerNodePorts", true);
    }
  }

  private static void targetPort(ObjectNode port) {
    JsonNode target = port.path("targetPort");
    boolean missing =
        target.isMissingNode()
            || (target.isString() ? target.stringValue().isEmpty() : target.asInt(0) == 0);
    if (missing && port.has("port")) {
      port.set("targetPort", port.path("port"));
    }
  }
}

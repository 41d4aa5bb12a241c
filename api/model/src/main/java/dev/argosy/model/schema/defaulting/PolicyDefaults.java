package dev.argosy.model.schema.defaulting;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of network policies, definitions of resources and claims for devices. */
final class PolicyDefaults {

  private static final String EXTENSIONS = "apiextensions.k8s.io/v1";
  private static final String DEVICES = "resource.k8s.io/v1";

  private PolicyDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("networking.k8s.io/v1.NetworkPolicySpec", PolicyDefaults::directions);
    defaults.add(EXTENSIONS + ".CustomResourceDefinition", PolicyDefaults::storedVersions);
    defaults.add(EXTENSIONS + ".CustomResourceDefinitionSpec", PolicyDefaults::names);
    defaults.add(DEVICES + ".ExactDeviceRequest", PolicyDefaults::count);
    defaults.add(DEVICES + ".DeviceSubRequest", PolicyDefaults::count);
  }

  private static void directions(ObjectNode spec) {
    if (spec.path("policyTypes").isEmpty()) {
      ArrayNode types = spec.putArray("policyTypes").add("Ingress");
      if (!spec.path("egress").isEmpty()) {
        types.add("Egress");
      }
    }
  }

  private static void names(ObjectNode spec) {
    String kind = spec.path("names").path("kind").asString("");
    if (kind.isEmpty() || !(spec.get("names") instanceof ObjectNode names)) {
      return;
    }
    if (names.path("singular").asString("").isEmpty()) {
      names.put("singular", kind.toLowerCase(Locale.ROOT));
    }
    if (names.path("listKind").asString("").isEmpty()) {
      names.put("listKind", kind + "List");
    }
  }

  /** A new definition stores its objects in the one version that says so. */
  private static void storedVersions(ObjectNode definition) {
    if (!definition.path("status").path("storedVersions").isEmpty()) {
      return;
    }
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("storage").asBoolean(false)) {
        ObjectNode status =
            definition.get("status") instanceof ObjectNode there
                ? there
                : definition.putObject("status");
        status.putArray("storedVersions").add(version.path("name").asString(""));
        return;
      }
    }
  }

  private static void count(ObjectNode request) {
    boolean exact = request.path("allocationMode").asString("").equals("ExactCount");
    if (exact && request.path("count").asLong(0) == 0) {
      request.put("count", 1);
    }
  }
}

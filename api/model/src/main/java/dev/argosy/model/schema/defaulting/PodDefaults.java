package dev.argosy.model.schema.defaulting;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of pods and pod templates. */
final class PodDefaults {

  private static final List<String> CONTAINERS = List.of("containers", "initContainers");

  private PodDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("v1.Pod", PodDefaults::pod);
    defaults.add("v1.PodSpec", PodDefaults::serviceAccount);
    defaults.add("v1.Container", container -> pullPolicy(container, "image", "imagePullPolicy"));
    defaults.add(
        "v1.EphemeralContainer", container -> pullPolicy(container, "image", "imagePullPolicy"));
    defaults.add("v1.ImageVolumeSource", source -> pullPolicy(source, "reference", "pullPolicy"));
    defaults.add("v1.Volume", PodDefaults::emptyDir);
  }

  /** Rules that hold for pods but not for templates. */
  private static void pod(ObjectNode pod) {
    JsonNode spec = pod.path("spec");
    boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
    for (String kind : CONTAINERS) {
      for (JsonNode container : spec.path(kind)) {
        requestsFromLimits(container.path("resources"));
        if (hostNetwork) {
          container.path("ports").forEach(PodDefaults::hostPort);
        }
      }
    }
  }

  private static void requestsFromLimits(JsonNode resources) {
    JsonNode limits = resources.path("limits");
    if (!(resources instanceof ObjectNode node) || limits.isEmpty()) {
      return;
    }
    ObjectNode requests =
        node.get("requests") instanceof ObjectNode there ? there : node.putObject("requests");
    for (Map.Entry<String, JsonNode> limit : limits.properties()) {
      requests.putIfAbsent(limit.getKey(), limit.getValue());
    }
  }

  private static void hostPort(JsonNode port) {
    if (port instanceof ObjectNode node && node.path("hostPort").asInt(0) == 0) {
      node.set("hostPort", node.path("containerPort"));
    }
  }

  /** The old name of the service account always mirrors the new one. */
  private static void serviceAccount(ObjectNode spec) {
    String name = spec.path("serviceAccountName").asString("");
    String old = spec.path("serviceAccount").asString("");
    if (name.isEmpty() && old.isEmpty()) {
      return;
    }
    String both = name.isEmpty() ? old : name;
    if (!both.equals(name)) {
      spec.put("serviceAccountName", both);
    }
    if (!both.equals(old)) {
      spec.put("serviceAccount", both);
    }
  }

  private static void pullPolicy(ObjectNode object, String image, String field) {
    if (object.path(field).asString("").isEmpty()) {
      String reference = object.path(image).asString("");
      object.put(field, namesLatest(reference) ? "Always" : "IfNotPresent");
    }
  }

  private static boolean namesLatest(String image) {
    if (image.indexOf('@') >= 0) {
      return false;
    }
    String last = image.substring(image.lastIndexOf('/') + 1);
    int colon = last.indexOf(':');
    return colon < 0 || last.substring(colon + 1).equals("latest");
  }

  private static void emptyDir(ObjectNode volume) {
    for (String member : volume.propertyNames()) {
      if (!member.equals("name")) {
        return;
      }
    }
    volume.putObject("emptyDir");
  }
}

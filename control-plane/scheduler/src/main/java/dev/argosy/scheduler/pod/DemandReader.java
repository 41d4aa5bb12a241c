package dev.argosy.scheduler.pod;

import dev.argosy.model.node.NodeTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads a demand off a pod's spec. */
final class DemandReader {

  private DemandReader() {}

  static Demand read(JsonNode spec, JsonNode status) {
    JsonNode affinity = spec.path("affinity").path("nodeAffinity");
    return new Demand(
        PodResources.of(spec, status),
        PodResources.usual(spec, status),
        selector(spec),
        required(affinity),
        preferred(affinity),
        tolerations(spec),
        hostPorts(spec));
  }

  private static Map<String, String> selector(JsonNode spec) {
    Map<String, String> labels = new HashMap<>();
    spec.path("nodeSelector").forEachEntry((key, value) -> labels.put(key, value.asString("")));
    return labels;
  }

  private static Optional<List<NodeTerm>> required(JsonNode affinity) {
    JsonNode required = affinity.path("requiredDuringSchedulingIgnoredDuringExecution");
    if (!required.isObject()) {
      return Optional.empty();
    }
    List<NodeTerm> terms = new ArrayList<>();
    required.path("nodeSelectorTerms").forEach(term -> terms.add(NodeTerm.of(term)));
    return Optional.of(terms);
  }

  private static List<Demand.Preference> preferred(JsonNode affinity) {
    List<Demand.Preference> all = new ArrayList<>();
    for (JsonNode entry : affinity.path("preferredDuringSchedulingIgnoredDuringExecution")) {
      all.add(
          new Demand.Preference(
              entry.path("weight").asInt(0), NodeTerm.of(entry.path("preference"))));
    }
    return all;
  }

  private static List<Toleration> tolerations(JsonNode spec) {
    List<Toleration> all = new ArrayList<>();
    for (JsonNode t : spec.path("tolerations")) {
      all.add(
          new Toleration(
              t.path("key").asString(""),
              t.path("operator").asString("Equal").equals("Exists"),
              t.path("value").asString(""),
              t.path("effect").asString("")));
    }
    return all;
  }

  private static List<HostPort> hostPorts(JsonNode spec) {
    List<HostPort> all = new ArrayList<>();
    boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
    for (JsonNode container : spec.path("containers")) {
      hostPorts(container, hostNetwork, all);
    }
    for (JsonNode container : spec.path("initContainers")) {
      if (container.path("restartPolicy").asString("").equals("Always")) {
        hostPorts(container, hostNetwork, all);
      }
    }
    return all;
  }

  private static void hostPorts(JsonNode container, boolean hostNetwork, List<HostPort> all) {
    for (JsonNode port : container.path("ports")) {
      int own = hostNetwork ? port.path("containerPort").asInt(0) : 0;
      int number = port.path("hostPort").asInt(own);
      if (number > 0) {
        all.add(
            new HostPort(
                port.path("hostIP").asString(""), port.path("protocol").asString("TCP"), number));
      }
    }
  }
}

package dev.argosy.agent.csi;

import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node's CSINode and labels shall say; pure.
 *
 * @param specs of the CSINode, to be written one after the other: what is said of a driver cannot
 *     be changed, so it goes before it comes anew
 * @param labels to set, and to remove where the value is empty
 * @param disputed labels that have another value than the driver says
 */
record CsiNodePlan(List<ObjectNode> specs, Map<String, String> labels, List<String> disputed) {

  private static final List<String> OF_KUBERNETES = List.of("kubernetes.io", "k8s.io");

  CsiNodePlan {
    specs = List.copyOf(specs);
    labels = Map.copyOf(labels);
    disputed = List.copyOf(disputed);
  }

  /**
   * Decides.
   *
   * @param before the CSINode's drivers as they are
   * @param labels of the node as they are
   * @param patient whether drivers that are not there are kept: they may yet come back
   */
  static CsiNodePlan of(
      JsonNode before, JsonNode labels, List<DriverEntry> drivers, boolean patient) {
    Map<String, ObjectNode> wanted = new TreeMap<>();
    drivers.forEach(driver -> wanted.put(driver.name(), driver.json()));
    Map<String, ObjectNode> unchanged = new TreeMap<>();
    Map<String, String> change = new HashMap<>();
    for (JsonNode entry : before) {
      String name = entry.path("name").asString("");
      ObjectNode now = wanted.get(name);
      if (now == null && patient) {
        wanted.put(name, (ObjectNode) entry);
        unchanged.put(name, (ObjectNode) entry);
      } else if (now != null && same(now, entry)) {
        unchanged.put(name, now);
      } else if (now == null) {
        entry.path("topologyKeys").forEach(key -> change.put(key.asString(""), ""));
      }
    }
    change.keySet().removeIf(key -> !labels.has(key) || ofKubernetes(key));
    List<String> disputed = new ArrayList<>();
    for (DriverEntry driver : drivers) {
      driver
          .facts()
          .topology()
          .forEach((key, value) -> {
            String said = labels.path(key).asString("");
            change.remove(key);
            if (said.isEmpty()) {
              change.put(key, value);
            } else if (!said.equals(value)) {
              disputed.add("%s is %s, %s says %s".formatted(key, said, driver.name(), value));
            }
          });
    }
    return new CsiNodePlan(specs(before, unchanged, wanted), change, disputed);
  }

  private static List<ObjectNode> specs(
      JsonNode before, Map<String, ObjectNode> unchanged, Map<String, ObjectNode> wanted) {
    List<ObjectNode> specs = new ArrayList<>();
    if (unchanged.size() < before.size()) {
      specs.add(spec(unchanged));
    }
    if (wanted.size() > unchanged.size()) {
      specs.add(spec(wanted));
    }
    return specs;
  }

  private static ObjectNode spec(Map<String, ObjectNode> drivers) {
    ObjectNode spec = Json.object();
    ArrayNode list = spec.putArray("drivers");
    drivers.values().forEach(list::add);
    return spec;
  }

  private static boolean same(ObjectNode now, JsonNode entry) {
    return now.path("nodeID").equals(entry.path("nodeID"))
        && keys(now).equals(keys(entry))
        && now.path("allocatable").path("count").asInt(0)
            == entry.path("allocatable").path("count").asInt(0);
  }

  private static TreeSet<String> keys(JsonNode entry) {
    TreeSet<String> keys = new TreeSet<>();
    entry.path("topologyKeys").forEach(key -> keys.add(key.asString("")));
    return keys;
  }

  /** Such labels others set, too: they stay when a driver goes. */
  private static boolean ofKubernetes(String key) {
    int slash = key.indexOf('/');
    String domain = slash < 0 ? "" : key.substring(0, slash);
    return OF_KUBERNETES.stream().anyMatch(k -> domain.equals(k) || domain.endsWith("." + k));
  }

  /** A driver as it is written. */
  record DriverEntry(String name, DriverFacts facts) {

    ObjectNode json() {
      ObjectNode entry = Json.object().put("name", name).put("nodeID", facts.nodeId());
      ArrayNode keys = entry.putArray("topologyKeys");
      new TreeSet<>(facts.topology().keySet()).forEach(keys::add);
      if (facts.mostVolumes() > 0) {
        entry
            .putObject("allocatable")
            .put("count", (int) Math.min(facts.mostVolumes(), Integer.MAX_VALUE));
      }
      return entry;
    }
  }
}

package dev.argosy.controllers.csi.provision;

import dev.argosy.controllers.csi.Segments;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.model.object.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** From where a volume is to be reached, and is. */
final class Topologies {

  private static final int MOST = 128;

  private final Segments segments;

  Topologies(ControllerContext context) {
    this.segments = new Segments(context);
  }

  /**
   * What is required: to be reached from the chosen node; without one, from where the class allows
   * it, else from any node that the cluster may use. Empty if nodes say nothing of themselves.
   *
   * @param turn by which volumes are spread over what is alike
   */
  Optional<ObjectNode> required(
      String cluster, String driver, String node, JsonNode allowed, int turn) {
    List<Map<String, String>> requisite =
        !node.isEmpty()
            ? segments.of(driver, node).stream().toList()
            : allowed.isEmpty() ? ofAll(cluster, driver) : expanded(allowed);
    if (requisite.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode required = Json.object();
    ArrayNode first = required.putArray("requisite");
    requisite.forEach(segments -> add(first, segments));
    ArrayNode preferred = required.putArray("preferred");
    for (int i = 0; i < requisite.size(); i++) {
      add(preferred, requisite.get(Math.floorMod(turn + i, requisite.size())));
    }
    return Optional.of(required);
  }

  private static void add(ArrayNode list, Map<String, String> segments) {
    ObjectNode all = list.addObject().putObject("segments");
    segments.forEach(all::put);
  }

  private List<Map<String, String>> ofAll(String cluster, String driver) {
    return segments.reached(cluster, driver).stream().limit(MOST).toList();
  }

  private static List<Map<String, String>> expanded(JsonNode allowed) {
    Set<Map<String, String>> all = new LinkedHashSet<>();
    for (JsonNode term : allowed) {
      List<Map<String, String>> combined = List.of(Map.of());
      for (JsonNode label : term.path("matchLabelExpressions")) {
        List<Map<String, String>> next = new ArrayList<>();
        for (Map<String, String> segments : combined) {
          for (JsonNode value : label.path("values")) {
            Map<String, String> more = new TreeMap<>(segments);
            more.put(label.path("key").asString(""), value.asString(""));
            next.add(more);
          }
        }
        combined = next.stream().limit(MOST).toList();
      }
      all.addAll(combined);
    }
    return all.stream().filter(segments -> !segments.isEmpty()).limit(MOST).toList();
  }

  /** The node affinity of a volume that is reached from there; nothing if from everywhere. */
  static Optional<ObjectNode> affinity(JsonNode accessible) {
    ObjectNode affinity = Json.object();
    ArrayNode terms = affinity.putObject("required").putArray("nodeSelectorTerms");
    for (JsonNode topology : accessible) {
      TreeMap<String, String> segments = new TreeMap<>();
      topology.path("segments").forEachEntry((key, value) -> segments.put(key, value.asString("")));
      if (segments.isEmpty()) {
        continue;
      }
      ArrayNode labels = terms.addObject().putArray("matchExpressions");
      segments.forEach((key, value) ->
          labels.addObject().put("key", key).put("operator", "In").putArray("values").add(value));
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(affinity);
  }
}

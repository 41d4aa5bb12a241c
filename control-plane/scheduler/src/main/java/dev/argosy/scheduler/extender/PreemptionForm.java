package dev.argosy.scheduler.extender;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Victims;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How victims are written for an extender ({@code ExtenderPreemptionArgs}), and read. */
final class PreemptionForm {

  private static final String PODS = "Pods";
  private static final String UID = "UID";

  /** Reads a pod whole. */
  interface Reading {

    /** As the API has it; empty if it is gone. */
    Optional<JsonNode> of(PodView pod) throws IOException;
  }

  private PreemptionForm() {}

  /** For an extender that knows nodes and what is on them. */
  static ObjectNode uids(List<Victims> victims) {
    ObjectNode nodes = Json.object();
    for (Victims one : victims) {
      ArrayNode pods = node(nodes, one);
      one.pods().forEach(pod -> pods.addObject().put(UID, pod.uid()));
    }
    return nodes;
  }

  /** For another one. */
  static ObjectNode pods(List<Victims> victims, Reading whole) throws IOException {
    ObjectNode nodes = Json.object();
    for (Victims one : victims) {
      ArrayNode pods = node(nodes, one);
      for (PodView pod : one.pods()) {
        whole.of(pod).ifPresent(pods::add);
      }
    }
    return nodes;
  }

  private static ArrayNode node(ObjectNode nodes, Victims victims) {
    ObjectNode node = nodes.putObject(victims.node());
    ArrayNode pods = node.putArray(PODS);
    node.put("NumPDBViolations", victims.violations());
    return pods;
  }

  /**
   * The uids of an answer, which are there in either case, by the names of nodes.
   *
   * @throws IOException if it is none
   */
  static Map<String, Set<String>> read(JsonNode answer) throws IOException {
    JsonNode nodes = ExtenderClient.field(answer, "nodeNameToMetaVictims");
    if (!answer.isObject() || !(nodes.isObject() || nodes.isNull() || nodes.isMissingNode())) {
      throw new IOException("preempt: the answer has no NodeNameToMetaVictims");
    }
    Map<String, Set<String>> read = new HashMap<>();
    for (Map.Entry<String, JsonNode> node : nodes.properties()) {
      Set<String> uids = new HashSet<>();
      for (JsonNode pod : ExtenderClient.field(node.getValue(), PODS)) {
        uids.add(ExtenderClient.field(pod, UID).asString(""));
      }
      read.put(node.getKey(), uids);
    }
    return read;
  }
}

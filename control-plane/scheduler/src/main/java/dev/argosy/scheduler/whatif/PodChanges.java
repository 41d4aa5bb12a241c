package dev.argosy.scheduler.whatif;

import dev.argosy.model.object.Json;
import dev.argosy.scheduler.filter.Lack;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Single changes of a pod's spec that let it go to more nodes. Pure. */
final class PodChanges {

  private static final int MOST_TAINTS = 10;

  /** Such taints say that something is wrong with the node; pods should not go there. */
  private static final String CONDITIONS = "node.kubernetes.io/";

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  /**
   * One of them.
   *
   * @param pod the pod after it
   */
  record Changed(ObjectNode pod, Suggestion suggestion) {}

  private final ObjectNode pod;
  private final List<Changed> all = new ArrayList<>();

  private PodChanges(ObjectNode pod) {
    this.pod = pod;
  }

  /** All that make a difference, the smallest first. */
  static List<Changed> of(ObjectNode pod, PodView view, List<NodeView> nodes) {
    PodChanges changes = new PodChanges(pod);
    changes.tolerate(view, nodes);
    changes.dropLabels(view);
    changes.dropAffinity("nodeAffinity", "DropNodeAffinity", "without required node affinity");
    changes.dropAffinity("podAffinity", "DropPodAffinity", "without required pod affinity");
    changes.dropAffinity(
        "podAntiAffinity", "DropPodAntiAffinity", "without required pod anti-affinity");
    changes.dropSpread();
    changes.dropPorts();
    return changes.all;
  }

  /** The pod with another amount that all of its containers ask for together. */
  static ObjectNode requesting(ObjectNode pod, String resource, String amount) {
    ObjectNode changed = pod.deepCopy();
    changed.withObject("/spec/resources/requests").put(resource, amount);
    return changed;
  }

  private void add(ObjectNode changed, Suggestion suggestion) {
    if (!changed.equals(pod)) {
      all.add(new Changed(changed, suggestion));
    }
  }

  private void tolerate(PodView view, List<NodeView> nodes) {
    Set<Taint> taints = new LinkedHashSet<>();
    for (NodeView node : nodes) {
      for (Taint taint : node.taints()) {
        if (taint.forbids()
            && !view.demand().tolerates(taint)
            && !taint.key().startsWith(CONDITIONS)
            && taints.size() < MOST_TAINTS) {
          taints.add(taint);
        }
      }
    }
    for (Taint taint : taints) {
      ObjectNode changed = pod.deepCopy();
      ObjectNode toleration = changed.withObject("/spec").withArray("/tolerations").addObject();
      toleration.put("key", taint.key()).put("effect", taint.effect());
      toleration.put("operator", taint.value().isEmpty() ? "Exists" : "Equal");
      ObjectNode written = Json.object().put("key", taint.key());
      if (!taint.value().isEmpty()) {
        toleration.put("value", taint.value());
        written.put("value", taint.value());
      }
      written.put("effect", taint.effect());
      String message = "with " + new Lack.Toleration("", taint).message();
      add(changed, new Suggestion("AddToleration", message, o -> o.set("taint", written)));
    }
  }

  private void dropLabels(PodView view) {
    for (Map.Entry<String, String> label : new TreeMap<>(view.demand().nodeSelector()).entrySet()) {
      ObjectNode changed = pod.deepCopy();
      changed.withObject("/spec").withObject("/nodeSelector").remove(label.getKey());
      add(
          changed,
          new Suggestion(
              "DropNodeSelector",
              "without " + label.getKey() + "=" + label.getValue() + " in nodeSelector",
              o -> o.putObject("label").put("key", label.getKey()).put("value", label.getValue())));
    }
  }

  private void dropAffinity(String side, String type, String message) {
    ObjectNode changed = pod.deepCopy();
    if (changed.path("spec").path("affinity").path(side) instanceof ObjectNode terms) {
      terms.remove(REQUIRED);
    }
    add(changed, Suggestion.plain(type, message));
  }

  private void dropSpread() {
    ObjectNode changed = pod.deepCopy();
    if (changed.path("spec").path("topologySpreadConstraints") instanceof ArrayNode constraints) {
      for (int i = constraints.size() - 1; i >= 0; i--) {
        String otherwise = constraints.get(i).path("whenUnsatisfiable").asString("DoNotSchedule");
        if (otherwise.equals("DoNotSchedule")) {
          constraints.remove(i);
        }
      }
    }
    add(
        changed,
        Suggestion.plain(
            "DropTopologySpread", "without topology spread constraints that must hold"));
  }

  private void dropPorts() {
    ObjectNode changed = pod.deepCopy();
    if (!changed.path("spec").path("hostNetwork").asBoolean(false)) {
      for (String list : List.of("containers", "initContainers")) {
        for (JsonNode container : changed.path("spec").path(list)) {
          container.path("ports").forEach(port -> ((ObjectNode) port).remove("hostPort"));
        }
      }
    }
    add(changed, Suggestion.plain("DropHostPorts", "without host ports"));
  }
}

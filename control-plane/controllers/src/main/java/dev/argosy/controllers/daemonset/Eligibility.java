package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.pod.Toleration;
import dev.argosy.model.node.NodeTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which nodes a pod template fits.
 *
 * @param node that the template names; empty for any
 * @param required terms of the node affinity; empty if there is none
 */
record Eligibility(
    String node,
    Map<String, String> selector,
    Optional<List<NodeTerm>> required,
    List<Toleration> tolerations) {

  Eligibility {
    selector = Map.copyOf(selector);
    tolerations = List.copyOf(tolerations);
  }

  /** Whether a pod should run there, and whether one that does may go on. */
  record Verdict(boolean run, boolean stay) {}

  static Eligibility of(JsonNode podSpec) {
    Map<String, String> selector = new LinkedHashMap<>();
    podSpec
        .path("nodeSelector")
        .forEachEntry((key, value) -> selector.put(key, value.asString("")));
    List<Toleration> tolerations = new ArrayList<>();
    podSpec.path("tolerations").forEach(t -> tolerations.add(Toleration.of(t)));
    DaemonPods.tolerations(podSpec).forEach(t -> tolerations.add(Toleration.of(t)));
    return new Eligibility(
        podSpec.path("nodeName").asString(""),
        selector,
        terms(podSpec.at("/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution")),
        tolerations);
  }

  private static Optional<List<NodeTerm>> terms(JsonNode required) {
    if (!required.isObject()) {
      return Optional.empty();
    }
    List<NodeTerm> terms = new ArrayList<>();
    required.path("nodeSelectorTerms").forEach(term -> terms.add(NodeTerm.of(term)));
    return Optional.of(List.copyOf(terms));
  }

  Verdict on(DaemonNode candidate) {
    boolean meant =
        (node.isEmpty() || node.equals(candidate.name()))
            && candidate.labels().entrySet().containsAll(selector.entrySet())
            && required
                .map(terms ->
                    terms.stream().anyMatch(t -> t.matches(candidate.name(), candidate.labels())))
                .orElse(true);
    boolean stay = meant && bears(candidate, "NoExecute");
    return new Verdict(stay && bears(candidate, "NoSchedule"), stay);
  }

  private boolean bears(DaemonNode candidate, String effect) {
    return candidate.taints().stream()
        .filter(t -> t.effect().equals(effect))
        .allMatch(taint ->
            tolerations.stream()
                .anyMatch(t -> t.tolerates(taint.key(), taint.value(), taint.effect())));
  }
}

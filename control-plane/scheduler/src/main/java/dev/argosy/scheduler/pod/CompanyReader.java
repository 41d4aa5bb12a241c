package dev.argosy.scheduler.pod;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.OwnerReference;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.Requirement;
import dev.argosy.model.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads off a pod what it asks of other pods. */
final class CompanyReader {

  private static final Set<String> REPLICATING =
      Set.of("ReplicaSet", "StatefulSet", "ReplicationController");

  private final String cluster;
  private final String namespace;
  private final Map<String, String> labels;

  private CompanyReader(ApiObject pod) {
    this.cluster = pod.cluster();
    this.namespace = pod.key().namespace();
    this.labels = pod.meta().labels();
  }

  static Company read(ApiObject pod, JsonNode spec) {
    Optional<OwnerReference> owner = pod.meta().controller();
    CompanyReader reader = new CompanyReader(pod);
    return new Company(
        pod.meta().labels(),
        owner.map(OwnerReference::uid).orElse(""),
        owner.filter(o -> REPLICATING.contains(o.kind())).isPresent(),
        reader.spreads(spec.path("topologySpreadConstraints")),
        reader.terms(spec.path("affinity")));
  }

  private List<Spread> spreads(JsonNode list) {
    List<Spread> all = new ArrayList<>();
    for (JsonNode s : list) {
      all.add(
          new Spread(
              s.path("topologyKey").asString(""),
              s.path("maxSkew").asInt(1),
              s.path("whenUnsatisfiable").asString("DoNotSchedule").equals("DoNotSchedule"),
              s.path("minDomains").asInt(1),
              s.path("nodeAffinityPolicy").asString("Honor").equals("Honor"),
              s.path("nodeTaintsPolicy").asString("Ignore").equals("Honor"),
              Selection.in(cluster, namespace, selector(s))));
    }
    return all;
  }

  private List<AffinityTerm> terms(JsonNode affinity) {
    List<AffinityTerm> all = new ArrayList<>();
    terms(affinity.path("podAffinity"), AffinityTerm.Kind.NEAR, AffinityTerm.Kind.RATHER_NEAR, all);
    terms(
        affinity.path("podAntiAffinity"), AffinityTerm.Kind.FAR, AffinityTerm.Kind.RATHER_FAR, all);
    return all;
  }

  private void terms(
      JsonNode side, AffinityTerm.Kind must, AffinityTerm.Kind rather, List<AffinityTerm> all) {
    for (JsonNode term : side.path("requiredDuringSchedulingIgnoredDuringExecution")) {
      all.add(term(must, 1, term));
    }
    for (JsonNode entry : side.path("preferredDuringSchedulingIgnoredDuringExecution")) {
      all.add(term(rather, entry.path("weight").asInt(1), entry.path("podAffinityTerm")));
    }
  }

  private AffinityTerm term(AffinityTerm.Kind kind, int weight, JsonNode term) {
    Set<String> namespaces = new HashSet<>();
    term.path("namespaces").forEach(n -> namespaces.add(n.asString("")));
    LabelSelector byLabels = LabelSelector.ofObject(term.get("namespaceSelector"));
    if (namespaces.isEmpty() && byLabels.matchesNothing()) {
      namespaces.add(namespace);
    }
    return new AffinityTerm(
        kind,
        weight,
        new Selection(cluster, namespaces, byLabels, selector(term), ""),
        term.path("topologyKey").asString(""));
  }

  /** The selector, joined by the pod's own values of the keys that are to match, or not to. */
  private LabelSelector selector(JsonNode from) {
    LabelSelector written = LabelSelector.ofObject(from.get("labelSelector"));
    if (written.matchesNothing()
        || !(from.has("matchLabelKeys") || from.has("mismatchLabelKeys"))) {
      return written;
    }
    List<Requirement> all = new ArrayList<>(written.requirements());
    own(from.path("matchLabelKeys"), Operator.IN, all);
    own(from.path("mismatchLabelKeys"), Operator.NOT_IN, all);
    return LabelSelector.of(all);
  }

  private void own(JsonNode keys, Operator operator, List<Requirement> all) {
    for (JsonNode key : keys) {
      String value = labels.get(key.asString(""));
      if (value != null) {
        all.add(new Requirement(key.asString(""), operator, List.of(value)));
      }
    }
  }
}

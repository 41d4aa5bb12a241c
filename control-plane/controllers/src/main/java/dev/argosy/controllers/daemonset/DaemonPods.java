package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.revision.RevisionView;
import dev.argosy.controllers.workload.PodTemplate;
import dev.argosy.model.object.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the pods of a DaemonSet look like. */
final class DaemonPods {

  /** On pods and revisions. */
  static final String HASH = "controller-revision-hash";

  private static final String GENERATION = "pod-template-generation";
  private static final String DEPRECATED = "deprecated.daemonset.template.generation";
  private static final String TERMS =
      "/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution";

  private DaemonPods() {}

  static String hash(PodView pod) {
    return pod.object().meta().labels().getOrDefault(HASH, "");
  }

  static String hash(RevisionView revision) {
    return revision.object().meta().labels().getOrDefault(HASH, "");
  }

  /** The node that it is bound to, or meant for. */
  static Optional<String> node(PodView pod) {
    if (!pod.node().isEmpty()) {
      return Optional.of(pod.node());
    }
    JsonNode spec = pod.object().content().path("spec");
    for (JsonNode term : spec.at(TERMS).path("nodeSelectorTerms")) {
      for (JsonNode field : term.path("matchFields")) {
        if (field.path("key").asString("").equals("metadata.name")) {
          return Optional.of(field.path("values").path(0).asString(""));
        }
      }
    }
    return Optional.empty();
  }

  static ObjectNode pod(DaemonView set, RevisionView revision, String node) {
    ObjectNode pod = PodTemplate.pod(set.owner(), set.object().tree().withObject("/spec/template"));
    ObjectNode labels = pod.withObject("/metadata").withObject("labels");
    labels.put(HASH, hash(revision));
    String generation = set.object().meta().annotations().getOrDefault(DEPRECATED, "");
    labels.put(
        GENERATION,
        generation.isEmpty() ? Long.toString(set.object().meta().generation()) : generation);
    ObjectNode spec = pod.withObject("/spec");
    ArrayNode tolerations = spec.withArray("/tolerations");
    tolerations(spec).forEach(tolerations::add);
    bind(spec, node);
    return pod;
  }

  /** Whatever the terms say besides, each of them wants this node now. */
  private static void bind(ObjectNode spec, String node) {
    ArrayNode terms = spec.withObject(TERMS).withArray("/nodeSelectorTerms");
    if (terms.isEmpty()) {
      terms.addObject();
    }
    for (JsonNode term : terms) {
      ObjectNode field = Json.object().put("key", "metadata.name").put("operator", "In");
      field.putArray("values").add(node);
      ((ObjectNode) term).putArray("matchFields").add(field);
    }
  }

  /** What every daemon bears: trouble of its node must not end it. */
  static List<ObjectNode> tolerations(JsonNode podSpec) {
    List<ObjectNode> all =
        new java.util.ArrayList<>(
            List.of(
                toleration("not-ready", "NoExecute"),
                toleration("unreachable", "NoExecute"),
                toleration("disk-pressure", "NoSchedule"),
                toleration("memory-pressure", "NoSchedule"),
                toleration("pid-pressure", "NoSchedule"),
                toleration("unschedulable", "NoSchedule")));
    if (podSpec.path("hostNetwork").asBoolean(false)) {
      all.add(toleration("network-unavailable", "NoSchedule"));
    }
    return all;
  }

  private static ObjectNode toleration(String taint, String effect) {
    return Json.object()
        .put("key", "node.kubernetes.io/" + taint)
        .put("operator", "Exists")
        .put("effect", effect);
  }
}

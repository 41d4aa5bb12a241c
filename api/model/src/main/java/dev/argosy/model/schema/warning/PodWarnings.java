package dev.argosy.model.schema.warning;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Adds warnings about pods and pod templates to a list. */
final class PodWarnings {

  private static final List<String> CONTAINERS = List.of("initContainers", "containers");
  private static final Set<String> BYTES = Set.of("memory", "ephemeral-storage");
  private static final Map<String, String> LABELS =
      Map.of(
          "beta.kubernetes.io/arch",
          since("v1.14", "kubernetes.io/arch"),
          "beta.kubernetes.io/os",
          since("v1.14", "kubernetes.io/os"),
          "failure-domain.beta.kubernetes.io/region",
          since("v1.17", "topology.kubernetes.io/region"),
          "failure-domain.beta.kubernetes.io/zone",
          since("v1.17", "topology.kubernetes.io/zone"),
          "beta.kubernetes.io/instance-type",
          since("v1.17", "node.kubernetes.io/instance-type"));
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "scheduler.alpha.kubernetes.io/critical-pod",
          "non-functional in v1.16+; use the \"priorityClassName\" field instead",
          "seccomp.security.alpha.kubernetes.io/pod",
          "non-functional in v1.27+; use the \"seccompProfile\" field instead");
  private static final Map<String, String> VOLUMES =
      Map.of(
          "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "flocker", "deprecated in v1.22, non-functional in v1.25+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "quobyte", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "cephfs", "deprecated in v1.28, non-functional in v1.31+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+");

  private final List<String> warnings;

  PodWarnings(List<String> warnings) {
    this.warnings = warnings;
  }

  private static String since(String version, String other) {
    return "deprecated since " + version + "; use \"" + other + "\" instead";
  }

  private void add(Path path, String text) {
    warnings.add(path + ": " + text);
  }

  /** A pod, or a template of pods. */
  void pod(JsonNode pod, Path path) {
    JsonNode spec = pod.path("spec");
    Path at = path.child("spec");
    known(spec.path("nodeSelector"), LABELS, at.child("nodeSelector"));
    known(
        pod.path("metadata").path("annotations"),
        ANNOTATIONS,
        path.child("metadata").child("annotations"));
    volumes(spec.path("volumes"), at.child("volumes"));
    JsonNode secrets = spec.path("imagePullSecrets");
    for (int i = 0; i < secrets.size(); i++) {
      if (secrets.get(i).path("name").asString("").isEmpty()) {
        add(at.child("imagePullSecrets").at(i), "invalid empty name \"\"");
      }
    }
    if (spec.path("terminationGracePeriodSeconds").asLong(0) < 0) {
      add(
          at.child("terminationGracePeriodSeconds"),
          "must be >= 0; negative values are invalid and will be treated as 1");
    }
    for (String list : CONTAINERS) {
      JsonNode containers = spec.path(list);
      for (int i = 0; i < containers.size(); i++) {
        container(containers.get(i), at.child(list).at(i));
      }
    }
  }

  private void known(JsonNode map, Map<String, String> texts, Path path) {
    for (String key : map.propertyNames()) {
      String text = texts.get(key);
      if (text != null) {
        add(path.key(key), text);
      }
    }
  }

  private void volumes(JsonNode volumes, Path path) {
    for (int i = 0; i < volumes.size(); i++) {
      for (String type : volumes.get(i).propertyNames()) {
        String text = VOLUMES.get(type);
        if (text != null) {
          add(path.at(i).child(type), text);
        }
      }
    }
  }

  private void container(JsonNode container, Path path) {
    for (String list : List.of("limits", "requests")) {
      JsonNode amounts = container.path("resources").path(list);
      for (Map.Entry<String, JsonNode> amount : amounts.properties()) {
        if (BYTES.contains(amount.getKey())) {
          bytes(amount.getValue(), path.child("resources", list).key(amount.getKey()));
        }
      }
    }
    Set<String> variables = new HashSet<>();
    JsonNode env = container.path("env");
    for (int i = 0; i < env.size(); i++) {
      String name = env.get(i).path("name").asString("");
      if (!variables.add(name)) {
        add(
            path.child("env").at(i),
            "hides previous definition of \"" + name + "\", which may be dropped when using apply");
      }
    }
    ports(container.path("ports"), path.child("ports"));
  }

  private void ports(JsonNode ports, Path path) {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < ports.size(); i++) {
      JsonNode port = ports.get(i);
      String key = port.path("containerPort").asInt(0) + port.path("protocol").asString("");
      Integer before = seen.putIfAbsent(key, i);
      if (before != null) {
        add(path.at(i), "duplicate port definition with " + path.at(before));
      }
    }
  }

  /** Memory comes in whole bytes; a part of one is a slip, such as m where M was meant. */
  void bytes(JsonNode amount, Path path) {
    String text = amount.asString("");
    if (text.endsWith("m") && !Quantity.parse(text).integral()) {
      add(path, "fractional byte value \"" + text + "\" is invalid, must be an integer");
    }
  }
}

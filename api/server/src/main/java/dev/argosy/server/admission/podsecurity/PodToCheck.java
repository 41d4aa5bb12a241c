package dev.argosy.server.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A pod, or a template of pods.
 *
 * @param containers all of them: init, plain, ephemeral
 */
record PodToCheck(JsonNode metadata, JsonNode spec, List<JsonNode> containers) {

  static final String CONTEXT = "securityContext";

  static PodToCheck of(JsonNode pod) {
    List<JsonNode> containers = new ArrayList<>();
    JsonNode spec = pod.path("spec");
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      spec.path(list).forEach(containers::add);
    }
    return new PodToCheck(pod.path("metadata"), spec, containers);
  }

  JsonNode context() {
    return spec.path(CONTEXT);
  }

  /** The names of containers of which something holds, in order. */
  List<String> containersThat(Predicate<JsonNode> condition) {
    return containers.stream()
        .filter(condition)
        .map(container -> container.path("name").asString(""))
        .toList();
  }

  /** The names of containers of whose security context something holds. */
  List<String> containersWith(Predicate<JsonNode> condition) {
    return containersThat(container -> condition.test(container.path(CONTEXT)));
  }

  boolean windows() {
    return spec.path("os").path("name").asString("").equals("windows");
  }

  /** Who breaks a rule in a security context: the pod, containers, or both. */
  String setters(Predicate<JsonNode> condition) {
    List<String> setters = new ArrayList<>();
    if (condition.test(context())) {
      setters.add("pod");
    }
    List<String> names = containersWith(condition);
    if (!names.isEmpty()) {
      setters.add(Violation.containers(names));
    }
    return String.join(" and ", setters);
  }
}

package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Since when what is written now has been so: by it, how long a change takes to the nodes can be
 * measured. Of several changes the first counts; what has no time of its own, such as a pod that is
 * gone or another port, has none.
 */
final class TriggerTime {

  static final String ANNOTATION = "endpoints.kubernetes.io/last-change-trigger-time";

  private TriggerTime() {}

  /** Of the first write for a Service. */
  static Optional<Instant> created(ServiceView service) {
    return Optional.ofNullable(service.object().meta().creationTimestamp());
  }

  /**
   * Of a change of what is there.
   *
   * @param before states of endpoints by their ids
   */
  static Optional<Instant> of(
      Map<String, String> before, Map<String, String> after, List<PodView> pods) {
    return pods.stream()
        .filter(pod ->
            pod.ips().stream()
                .map(ip -> ip + pod.uid())
                .anyMatch(id -> after.containsKey(id) && !after.get(id).equals(before.get(id))))
        .flatMap(TriggerTime::changed)
        .min(Comparator.naturalOrder());
  }

  private static Stream<Instant> changed(PodView pod) {
    return Condition.find(Condition.read(pod.object().content().path("status")), "Ready")
        .map(Condition::changed)
        .filter(time -> !time.isEmpty())
        .map(Instant::parse)
        .stream();
  }

  static Map<String, String> states(Collection<SliceView> slices) {
    Map<String, String> states = new HashMap<>();
    slices.forEach(slice -> slice.endpoints().forEach(e -> states.put(e.id(), e.state())));
    return states;
  }

  static Map<String, String> states(Map<Backends.Group, List<Endpoint>> groups) {
    Map<String, String> states = new HashMap<>();
    groups.values().forEach(group -> group.forEach(e -> states.put(e.id(), e.state())));
    return states;
  }

  /** Into the annotations of what is about to be written; one of before goes. */
  static void write(ObjectNode object, Optional<Instant> time) {
    if (time.isPresent()) {
      object.withObject("/metadata/annotations").put(ANNOTATION, time.get().toString());
    } else if (object.at("/metadata/annotations") instanceof ObjectNode annotations) {
      annotations.remove(ANNOTATION);
    }
  }
}

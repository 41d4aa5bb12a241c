package dev.argosy.agent.group;

import dev.argosy.agent.pod.resize.PodRequest;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.model.schema.validation.QosClass;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What groups are given; pure. */
final class GroupPlan {

  private static final String HUGE = "hugepages-";

  private GroupPlan() {}

  /**
   * The pod's own. What not all of its containers have a limit for, the pod has none for.
   *
   * @param processes of each pod at most; 0 for no limit
   */
  static Share pod(PodView pod, long processes) {
    PodRequest limits = PodRequest.limits(pod);
    return new Share(
        PodRequest.of(pod).cpuThousandths(),
        limited(pod, "cpu") ? limits.cpuThousandths() : 0,
        limited(pod, "memory") ? limits.memoryBytes() : 0,
        processes,
        hugePages(pod));
  }

  /** Of all pods that are not Guaranteed and ask for something: what they ask for. */
  static Share burstable(Collection<PodView> pods) {
    long cpu =
        pods.stream()
            .filter(pod -> quality(pod) == Quality.BURSTABLE)
            .mapToLong(pod -> PodRequest.of(pod).cpuThousandths())
            .sum();
    return new Share(cpu, 0, 0, 0, Map.of());
  }

  /** Of pods that ask for nothing: the least. */
  static Share bestEffort() {
    return new Share(0, 0, 0, 0, Map.of());
  }

  static Quality quality(PodView pod) {
    return switch (QosClass.of(pod.spec())) {
      case "Guaranteed" -> Quality.GUARANTEED;
      case "BestEffort" -> Quality.BEST_EFFORT;
      default -> Quality.BURSTABLE;
    };
  }

  private static boolean limited(PodView pod, String resource) {
    return pod.spec().path("resources").path("limits").has(resource)
        || pod.all().stream().allMatch(c -> !limit(c, resource).isEmpty());
  }

  private static String limit(ContainerView container, String resource) {
    return container.resources().path("limits").path(resource).asString("");
  }

  private static Map<String, Long> hugePages(PodView pod) {
    Map<String, Long> pages = new HashMap<>();
    for (ContainerView container : pod.containers()) {
      for (Map.Entry<String, JsonNode> one :
          List.copyOf(container.resources().path("limits").properties())) {
        if (one.getKey().startsWith(HUGE)) {
          long bytes = Quantities.whole(one.getValue().asString(""));
          pages.merge(one.getKey().substring(HUGE.length()), bytes, Long::sum);
        }
      }
    }
    return pages;
  }
}

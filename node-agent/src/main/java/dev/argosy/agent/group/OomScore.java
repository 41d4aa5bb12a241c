package dev.argosy.agent.group;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;

/**
 * Whom the kernel ends first when memory runs out.
 *
 * @see <a href=
 *     "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/#node-out-of-memory-behavior">
 *     Kubernetes: node out of memory behavior</a>
 */
final class OomScore {

  private static final int GUARANTEED = -997;
  private static final int BEST_EFFORT = 1000;
  private static final int LEAST_BURSTABLE = 1000 + GUARANTEED;

  private OomScore() {}

  /**
   * Of a container.
   *
   * @param capacity the machine's memory in bytes
   */
  static int of(PodView pod, ContainerView container, long capacity) {
    if (pod.spec().path("priorityClassName").asString("").equals("system-node-critical")) {
      return GUARANTEED;
    }
    return switch (GroupPlan.quality(pod)) {
      case GUARANTEED -> GUARANTEED;
      case BEST_EFFORT -> BEST_EFFORT;
      case BURSTABLE -> {
        int own = burstable(request(container), capacity);
        yield container.sidecar() ? Math.min(own, ofMain(pod, capacity)) : own;
      }
    };
  }

  /** A sidecar does not go before the containers that it serves. */
  private static int ofMain(PodView pod, long capacity) {
    return pod.containers().stream()
        .mapToInt(c -> burstable(request(c), capacity))
        .min()
        .orElse(BEST_EFFORT);
  }

  /** The more it asked for, the later; neither as late as Guaranteed nor as soon as BestEffort. */
  private static int burstable(long request, long capacity) {
    long score = 1000 - 1000 * request / Math.max(1, capacity);
    return (int) Math.clamp(score, LEAST_BURSTABLE, BEST_EFFORT - 1);
  }

  private static long request(ContainerView container) {
    String limit = container.resources().path("limits").path("memory").asString("");
    return Quantities.whole(container.resources().path("requests").path("memory").asString(limit));
  }
}

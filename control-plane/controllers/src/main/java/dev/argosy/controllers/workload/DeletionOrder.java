package dev.argosy.controllers.workload;

import dev.argosy.controllers.pod.PodView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * Which pods go first: the Kubernetes page "ReplicaSet", scaling down. Ages count by powers of two,
 * so that of equally old pods a random one goes (KEP-2185).
 *
 * @param neighbours how many pods of the same workload run on each node
 */
public record DeletionOrder(Instant now, Map<String, Integer> neighbours)
    implements Comparator<PodView> {

  private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

  @Override
  public int compare(PodView a, PodView b) {
    return Comparator.<PodView>comparingInt(p -> p.node().isEmpty() ? 0 : 1)
        .thenComparingInt(DeletionOrder::phase)
        .thenComparingInt(p -> p.ready().isPresent() ? 1 : 0)
        .thenComparingInt(DeletionOrder::cost)
        .thenComparingInt(p -> -neighbours.getOrDefault(p.node(), 0))
        .thenComparingInt(p -> age(p.ready().orElse(now)))
        .thenComparingInt(p -> -p.restarts())
        .thenComparingInt(p -> age(created(p)))
        .thenComparing(PodView::uid)
        .compare(a, b);
  }

  private static int phase(PodView pod) {
    return switch (pod.phase()) {
      case "Running" -> 2;
      case "Unknown" -> 1;
      default -> 0;
    };
  }

  private static int cost(PodView pod) {
    try {
      return Integer.parseInt(pod.object().meta().annotations().getOrDefault(COST, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private Instant created(PodView pod) {
    Instant created = pod.object().meta().creationTimestamp();
    return created == null ? now : created;
  }

  private int age(Instant since) {
    long seconds = Math.max(0, Duration.between(since, now).toSeconds());
    return 64 - Long.numberOfLeadingZeros(seconds);
  }
}

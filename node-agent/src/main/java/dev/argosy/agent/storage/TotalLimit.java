package dev.argosy.agent.storage;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.quantity.Quantity;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pod may have on the disk in all: the sum of what its containers and sidecars may have, or
 * what it may have while it starts if that is more, and its overhead.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers">Kubernetes:
 *     resource sharing within containers</a>
 */
final class TotalLimit {

  private TotalLimit() {}

  /** Empty if none of its containers is limited. */
  static Optional<Quantity> of(PodView pod) {
    Optional<Quantity> running =
        pod.containers().stream().map(TotalLimit::of).reduce(Optional.empty(), TotalLimit::sum);
    Optional<Quantity> sidecars = Optional.empty();
    Optional<Quantity> starting = Optional.empty();
    for (ContainerView init : pod.initContainers()) {
      Optional<Quantity> now = sum(sidecars, of(init));
      if (init.sidecar()) {
        sidecars = now;
        running = sum(running, of(init));
      }
      starting = most(starting, now);
    }
    String overhead = pod.spec().path("overhead").path("ephemeral-storage").asString("");
    return most(running, starting)
        .map(total -> overhead.isEmpty() ? total : total.add(Quantity.parse(overhead)));
  }

  private static Optional<Quantity> of(ContainerView container) {
    String limit = StorageLimits.limit(container);
    return limit.isEmpty() ? Optional.empty() : Optional.of(Quantity.parse(limit));
  }

  private static Optional<Quantity> sum(Optional<Quantity> one, Optional<Quantity> other) {
    return Stream.of(one, other).flatMap(Optional::stream).reduce(Quantity::add);
  }

  private static Optional<Quantity> most(Optional<Quantity> one, Optional<Quantity> other) {
    return Stream.of(one, other).flatMap(Optional::stream).max(Quantity::compareTo);
  }
}

package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order the containers of a pod end: sidecars after all others, the last begun first.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/">Sidecar
 *     containers</a>
 */
final class StopOrder {

  private static final int NO_SIDECAR = Integer.MAX_VALUE;

  private final List<String> sidecars;
  private final List<Container> running;

  StopOrder(PodView pod, List<Container> running) {
    this.sidecars =
        pod.initContainers().stream()
            .filter(ContainerView::sidecar)
            .map(ContainerView::name)
            .toList();
    this.running = running;
  }

  /** The ids of those that must have ended before. */
  Set<String> before(Container container) {
    int place = place(container);
    return running.stream()
        .filter(other -> place(other) > place)
        .map(Container::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  private int place(Container container) {
    int sidecar = sidecars.indexOf(container.labels().getOrDefault(PodLabels.CONTAINER, ""));
    return sidecar < 0 ? NO_SIDECAR : sidecar;
  }
}

package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.PodView.RestartPolicy;
import dev.argosy.agent.runtime.spi.Container;
import java.util.List;
import java.util.Optional;

/** Whether a pod's containers have come to an end that no restart follows. */
public enum PodOutcome {
  UNDECIDED,
  SUCCEEDED,
  FAILED;

  public boolean ended() {
    return this != UNDECIDED;
  }

  /** The phase rules of Kubernetes; a failed init container decides only if it is not repeated. */
  public static PodOutcome of(PodView pod, Observed observed, Recall recall) {
    if (pod.deletionTimestamp() != null) {
      return ofDeleted(pod, observed);
    }
    if (pod.restartPolicy() == RestartPolicy.ALWAYS || oneReturns(pod, observed, recall)) {
      return UNDECIDED;
    }
    if (pod.restartPolicy() == RestartPolicy.NEVER && initFailed(pod, observed)) {
      return FAILED;
    }
    List<Optional<Integer>> codes =
        pod.containers().stream()
            .map(c -> observed.newest(c.name()).flatMap(PodOutcome::exitCode))
            .toList();
    if (codes.stream().anyMatch(Optional::isEmpty)) {
      return UNDECIDED;
    }
    boolean allZero = codes.stream().allMatch(c -> c.orElse(1) == 0);
    if (allZero) {
      return SUCCEEDED;
    }
    return pod.restartPolicy() == RestartPolicy.NEVER ? FAILED : UNDECIDED;
  }

  private static boolean oneReturns(PodView pod, Observed observed, Recall recall) {
    return pod.containers().stream()
        .anyMatch(
            view -> observed.newest(view.name()).filter(c -> recall.returns(view, c)).isPresent());
  }

  /** Nothing is restarted any more; a finalizer's owner waits to hear how it ended. */
  private static PodOutcome ofDeleted(PodView pod, Observed observed) {
    if (!observed.running().isEmpty()) {
      return UNDECIDED;
    }
    boolean allZero =
        pod.containers().stream()
            .allMatch(c -> observed.newest(c.name()).flatMap(PodOutcome::exitCode).orElse(1) == 0);
    return allZero ? SUCCEEDED : FAILED;
  }

  private static boolean initFailed(PodView pod, Observed observed) {
    return pod.initContainers().stream()
        .filter(c -> !c.sidecar())
        .map(ContainerView::name)
        .flatMap(name -> observed.newest(name).stream())
        .anyMatch(c -> exitCode(c).orElse(0) != 0);
  }

  static Optional<Integer> exitCode(Container container) {
    return container.state() instanceof Container.Exited exited
        ? Optional.of(exited.exitCode())
        : Optional.empty();
  }
}

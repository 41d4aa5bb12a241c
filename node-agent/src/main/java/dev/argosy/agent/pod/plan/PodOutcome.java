package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.Container;
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
    if (oneReturns(pod, observed, recall)) {
      return UNDECIDED;
    }
    if (initFailed(pod, observed)) {
      return FAILED;
    }
    boolean allEnded =
        pod.containers().stream()
            .allMatch(c -> code(c, observed).filter(code -> !again(c, pod, code)).isPresent());
    if (!allEnded) {
      return UNDECIDED;
    }
    boolean allZero = pod.containers().stream().allMatch(c -> code(c, observed).orElse(1) == 0);
    return allZero ? SUCCEEDED : FAILED;
  }

  private static Optional<Integer> code(ContainerView container, Observed observed) {
    return observed.newest(container.name()).flatMap(PodOutcome::exitCode);
  }

  private static boolean again(ContainerView container, PodView pod, int code) {
    return Restarts.follows(container, pod.restartPolicy(), code);
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
        .anyMatch(
            c -> code(c, observed).filter(code -> code != 0 && !again(c, pod, code)).isPresent());
  }

  static Optional<Integer> exitCode(Container container) {
    return container.state() instanceof Container.Exited exited
        ? Optional.of(exited.exitCode())
        : Optional.empty();
  }
}

package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.view.ContainerView;
import java.time.Instant;
import java.util.Set;

/** One thing to do for a pod. */
public sealed interface Action {

  /** Makes the sandbox with its network. */
  record StartSandbox(int attempt) implements Action {}

  record RemoveSandbox(String id) implements Action {}

  /**
   * Fetches the image if need be, prepares what the container needs, makes and starts it.
   *
   * @param step its place in the row of quick restarts
   */
  record StartContainer(ContainerView container, int attempt, int step) implements Action {}

  /**
   * Begins to end a container; the next plans wait for it.
   *
   * @param after ids of running containers that must have ended before this one is told to, unless
   *     there is no time left; its own hook does not wait for them
   */
  record StopContainer(String id, String name, Instant deadline, String why, Set<String> after)
      implements Action {
    public StopContainer {
      after = Set.copyOf(after);
    }
  }

  /** Tells the engine what a running container was granted. */
  record ResizeContainer(ContainerView container, String id) implements Action {}

  record RemoveContainer(String id) implements Action {}

  /** All is gone from the engine: frees what the agent holds and tells the API. */
  record Finish() implements Action {}
}

package dev.argosy.agent.pod.plan;

import dev.argosy.agent.pod.admit.Verdict;
import dev.argosy.agent.pod.resize.PodSizes;
import dev.argosy.agent.pod.resize.SizeChange;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.runtime.spi.Container;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers of a pod and the engine cannot tell. Lost at a restart of the agent,
 * which costs no more than a repeated try; only the sizes and the verdict are kept in files.
 *
 * @param troubles per container name: why it could not be made, and when to try again
 * @param stopping per container id: by when it must have ended
 * @param unhealthy why containers must be restarted, by id: a failed probe or hook
 * @param ready ids of containers whose readiness probe says yes, or that have none
 * @param started ids of containers whose startup probe said yes, or that have none
 * @param sizes what containers were granted and given
 * @param verdict the node's word that the pod must end
 * @param endBy by when all must have ended because the machine goes down; null while it does not
 */
public record Recall(
    Map<String, Trouble> troubles,
    Map<String, Instant> stopping,
    Map<String, Unhealthy> unhealthy,
    Set<String> ready,
    Set<String> started,
    PodSizes sizes,
    Optional<Verdict> verdict,
    @Nullable Instant endBy) {

  /** Of a pod on which the node has no word, on a machine that stays. */
  public Recall(
      Map<String, Trouble> troubles,
      Map<String, Instant> stopping,
      Map<String, Unhealthy> unhealthy,
      Set<String> ready,
      Set<String> started,
      PodSizes sizes) {
    this(troubles, stopping, unhealthy, ready, started, sizes, Optional.empty(), null);
  }

  public static final Recall NOTHING =
      new Recall(Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), PodSizes.UNKNOWN);

  /** The key of the sandbox among the troubles. */
  public static final String SANDBOX = "";

  /** The key among the troubles of a running container that did not get what it was granted. */
  public static String resizing(String container) {
    return "resize:" + container;
  }

  /** Whether a container was asked to end in order to come back with other resources. */
  boolean returns(ContainerView view, Container container) {
    return stopping.containsKey(container.id())
        && sizes.change(view, container) == SizeChange.RESTART;
  }

  public Recall {
    troubles = Map.copyOf(troubles);
    stopping = Map.copyOf(stopping);
    unhealthy = Map.copyOf(unhealthy);
    ready = Set.copyOf(ready);
    started = Set.copyOf(started);
  }

  /**
   * A failed probe or hook.
   *
   * @param why for people, as what the container did: {@code failed liveness probe, …}
   * @param grace how long the container may take to end; null for what its pod says
   */
  public record Unhealthy(String why, @Nullable Duration grace) {}

  /**
   * A failure that will be tried again.
   *
   * @param reason as in {@code state.waiting.reason}
   * @param image that could not be had; empty for other troubles
   */
  public record Trouble(
      String reason, String message, int failures, Instant retryAt, String image) {

    /** One that is not about an image. */
    public Trouble(String reason, String message, int failures, Instant retryAt) {
      this(reason, message, failures, retryAt, "");
    }

    /** The same at another time. */
    public Trouble at(Instant time) {
      return new Trouble(reason, message, failures, time, image);
    }
  }
}

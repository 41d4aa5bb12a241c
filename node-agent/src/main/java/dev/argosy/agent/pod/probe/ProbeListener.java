package dev.argosy.agent.pod.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears of changes in a container's health. Called from the probes' threads. */
public interface ProbeListener {

  void ready(String containerId, boolean ready);

  void started(String containerId);

  /**
   * It must be restarted.
   *
   * @param why for people, as what the container did: {@code failed liveness probe, …}
   * @param grace how long it may take to end; null for what its pod says
   */
  void unhealthy(String containerId, String why, @Nullable Duration grace);

  /** One probe said no; there may be more tries. */
  void failed(String container, String kind, String why);

  /** One probe said yes, but its pod should know how. */
  default void warned(String container, String kind, String what) {}

  /** One probe was answered, well or not. */
  default void answered(String container, String kind, boolean well) {}
}

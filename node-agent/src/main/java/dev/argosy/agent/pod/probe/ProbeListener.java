package dev.argosy.agent.pod.probe;

/** Hears of changes in a container's health. Called from the probes' threads. */
public interface ProbeListener {

  void ready(String containerId, boolean ready);

  void started(String containerId);

  /**
   * It must be restarted.
   *
   * @param why for people, as what the container did: {@code failed liveness probe, …}
   */
  void unhealthy(String containerId, String why);

  /** One probe said no; there may be more tries. */
  void failed(String container, String kind, String why);
}

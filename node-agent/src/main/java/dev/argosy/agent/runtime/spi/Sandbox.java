package dev.argosy.agent.runtime.spi;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox as the engine sees it.
 *
 * @param pid process id (of this machine) of its waiting process; 0 when not running
 */
public record Sandbox(
    String id, String name, Map<String, String> labels, Instant createdAt, int pid) {

  public Sandbox {
    labels = Map.copyOf(labels);
  }

  public boolean running() {
    return pid > 0;
  }

  /** Path of its network namespace, for {@code nsenter --net=} or setns; empty if not running. */
  public Optional<String> netns() {
    return pid > 0 ? Optional.of("/proc/" + pid + "/ns/net") : Optional.empty();
  }
}

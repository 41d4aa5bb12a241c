package dev.argosy.agent.pod.resize;

import dev.argosy.agent.pod.view.ContainerView;
import tools.jackson.databind.JsonNode;

/** How a running container comes to what it was granted. */
public enum SizeChange {
  NONE,
  /** While it runs. */
  LIVE,
  /** Its resize policy wants a restart for a resource that changes. */
  RESTART;

  /**
   * Compares what the engine was told with what was granted.
   *
   * @param container carries the resize policy
   */
  public static SizeChange of(JsonNode given, JsonNode granted, ContainerView container) {
    ContainerSize before = ContainerSize.of(given);
    ContainerSize after = ContainerSize.of(granted);
    if (before.equals(after)) {
      return NONE;
    }
    boolean restart =
        !before.sameCpu(after) && restarts(container, "cpu")
            || !before.sameMemory(after) && restarts(container, "memory");
    return restart ? RESTART : LIVE;
  }

  private static boolean restarts(ContainerView container, String resource) {
    return container
        .tree()
        .path("resizePolicy")
        .valueStream()
        .filter(policy -> policy.path("resourceName").asString("").equals(resource))
        .anyMatch(policy -> policy.path("restartPolicy").asString("").equals("RestartContainer"));
  }
}

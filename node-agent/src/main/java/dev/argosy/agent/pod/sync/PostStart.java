package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Runs a container's {@code postStart} hook; a container whose hook fails must end. */
final class PostStart {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private PostStart() {}

  static void run(PodNode node, PodMemory memory, PodView pod, ContainerView container, String id) {
    JsonNode hook = container.tree().path("lifecycle").path("postStart");
    if (!hook.isObject()) {
      return;
    }
    Hooks.run(node, pod, container, hook, id, LONGEST)
        .ifPresent(wrong -> {
          String message = "PostStartHook failed: " + wrong;
          node.events().warning(pod, container.name(), "FailedPostStartHook", message);
          memory.unhealthy(id, new Recall.Unhealthy("failed its postStart hook", null));
        });
  }
}

package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.plan.Recall;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * Runs a container's {@code postStart} hook, however long it takes while the pod is wanted; a
 * container whose hook fails must end.
 */
final class PostStart {

  private static final Duration LONGEST = Duration.ofDays(1);

  private PostStart() {}

  static void run(PodNode node, PodMemory memory, PodView pod, ContainerView container, String id)
      throws RuntimeFailure {
    JsonNode hook = container.tree().path("lifecycle").path("postStart");
    if (!hook.isObject()) {
      return;
    }
    WhileWanted.get(memory, "post-start", () -> Hooks.run(node, pod, container, hook, id, LONGEST))
        .flatMap(wrong -> wrong)
        .ifPresent(wrong -> {
          String message = "PostStartHook failed: " + wrong;
          node.events().warning(pod, container.name(), "FailedPostStartHook", message);
          memory.unhealthy(id, new Recall.Unhealthy("failed its postStart hook", null));
        });
  }
}

package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;

/** Runs a container's {@code postStart} hook; a hook that fails ends the container. */
final class PostStart {

  private PostStart() {}

  static void run(PodNode node, PodView pod, ContainerView container, String id)
      throws StartFailure {
    var hook = container.tree().path("lifecycle").path("postStart");
    if (!hook.isObject()) {
      return;
    }
    var wrong = Hooks.run(node, pod, container, hook, id, java.time.Duration.ofMinutes(1));
    if (wrong.isPresent()) {
      String message = "PostStartHook failed: " + wrong.get();
      node.events().warning(pod, container.name(), "FailedPostStartHook", message);
      throw new StartFailure("PostStartHookError", message);
    }
  }
}

package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.pull.ImagePulls;
import dev.argosy.agent.pod.pull.PullResult;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;

/** Sees to it that a container's image is there, and tells about it. */
final class ImagePuller {

  private final ImagePulls pulls;
  private final PodEvents events;
  private final PodMemory memory;

  ImagePuller(ImagePulls pulls, PodEvents events, PodMemory memory) {
    this.memory = memory;
    this.pulls = pulls;
    this.events = events;
  }

  /** The image, fetched if need be. */
  Image ensure(PodView pod, ContainerView container) throws StartFailure, RuntimeFailure {
    String name = container.image();
    Runnable pulling =
        () -> events.normal(pod, container.name(), "Pulling", "Pulling image \"" + name + "\"");
    PullResult result =
        WhileWanted.get(memory, "pull", () -> looked(pod, container, pulling))
            .orElseThrow(() ->
                new StartFailure("ContainerCreating", "the pod ended before its image was there"));
    return switch (result) {
      case PullResult.Present(Image image) -> {
        String text = "Container image \"" + name + "\" already present on machine";
        events.normal(pod, container.name(), "Pulled", text);
        yield image;
      }
      case PullResult.Pulled(Image image, var took, var withWaiting) -> {
        String text =
            "Successfully pulled image \"%s\" in %d ms (%d ms including waiting). Image size: %d bytes."
                .formatted(name, took.toMillis(), withWaiting.toMillis(), image.bytes());
        events.normal(pod, container.name(), "Pulled", text);
        yield image;
      }
      case PullResult.Failed(String reason, String message) -> {
        failed(pod, container, reason, message);
        throw new StartFailure(reason, message, name);
      }
    };
  }

  /** An engine that does not say whether there is such an image refuses it, not the whole pod. */
  private PullResult looked(PodView pod, ContainerView container, Runnable pulling)
      throws RuntimeFailure {
    try {
      return pulls.ensure(pod, container, pulling);
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
        throw e;
      }
      return new PullResult.Failed(
          "ImageInspectError",
          "Failed to inspect image \"" + container.image() + "\": " + e.getMessage());
    }
  }

  private void failed(PodView pod, ContainerView container, String reason, String message) {
    switch (reason) {
      case "ErrImagePull" -> {
        String text = "Failed to pull image \"" + container.image() + "\": " + message;
        events.warning(pod, container.name(), "Failed", text);
      }
      case "InvalidImageName", "ImageInspectError" ->
          events.warning(pod, container.name(), "InspectFailed", message);
      default -> events.warning(pod, container.name(), reason, message);
    }
    events.warning(pod, container.name(), "Failed", "Error: " + reason);
  }
}

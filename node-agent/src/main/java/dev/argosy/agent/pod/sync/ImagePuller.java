package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.ContainerView.PullPolicy;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sees to it that a container's image is there. */
final class ImagePuller {

  private final ImageStore images;
  private final PodEvents events;
  private final PullSecrets secrets;
  private final Clock clock;

  ImagePuller(ImageStore images, PodEvents events, PullSecrets secrets, Clock clock) {
    this.images = images;
    this.events = events;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** The image, fetched if the policy says so. */
  Image ensure(PodView pod, ContainerView container) throws StartFailure, RuntimeFailure {
    String name = container.image();
    Optional<Image> present = images.find(name);
    if (present.isPresent() && container.pullPolicy() != PullPolicy.ALWAYS) {
      events.normal(
          pod,
          container.name(),
          "Pulled",
          "Container image \"" + name + "\" already present on machine");
      return present.get();
    }
    if (container.pullPolicy() == PullPolicy.NEVER) {
      String message = "Container image \"" + name + "\" is not present with pull policy of Never";
      events.warning(pod, container.name(), "ErrImageNeverPull", message);
      throw new StartFailure("ErrImageNeverPull", message);
    }
    return pull(pod, container);
  }

  private Image pull(PodView pod, ContainerView container) throws StartFailure, RuntimeFailure {
    String name = container.image();
    events.normal(pod, container.name(), "Pulling", "Pulling image \"" + name + "\"");
    Instant began = clock.instant();
    try {
      Image image = images.pull(name, secrets.find(pod, name));
      events.normal(
          pod,
          container.name(),
          "Pulled",
          "Successfully pulled image \"%s\" in %d ms. Image size: %d bytes."
              .formatted(name, Duration.between(began, clock.instant()).toMillis(), image.bytes()));
      return image;
    } catch (RuntimeFailure e) {
      if (e.kind() == RuntimeFailure.Kind.UNAVAILABLE) {
        throw e;
      }
      String message = "Failed to pull image \"" + name + "\": " + e.getMessage();
      events.warning(pod, container.name(), "Failed", message);
      events.warning(pod, container.name(), "Failed", "Error: ErrImagePull");
      throw new StartFailure("ErrImagePull", message);
    }
  }
}

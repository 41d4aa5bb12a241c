package dev.argosy.agent.pod.sync;

import dev.argosy.agent.pod.event.PodEvents;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;

/** A container could not be made or started; the reason is the one its status will show. */
final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String image;

  StartFailure(String reason, String message) {
    this(reason, message, "");
  }

  /**
   * One of an image.
   *
   * @param image that could not be had, which may be one that the container mounts
   */
  StartFailure(String reason, String message, String image) {
    super(message);
    this.reason = reason;
    this.image = image;
  }

  /** One that an event tells. */
  static StartFailure told(
      PodEvents events, PodView pod, ContainerView container, String reason, String message) {
    events.warning(pod, container.name(), "Failed", "Error: " + message);
    return new StartFailure(reason, message);
  }

  String reason() {
    return reason;
  }

  String text() {
    return String.valueOf(getMessage());
  }

  String image() {
    return image;
  }
}

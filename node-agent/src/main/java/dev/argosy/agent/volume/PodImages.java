package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.runtime.spi.ImageStore.Image;

/** Images that a pod mounts, fetched as its containers' are. */
public interface PodImages {

  /**
   * The image.
   *
   * @param volume name of the volume that it is for
   * @param pullPolicy as in a container; empty for the default
   */
  Image of(String volume, String reference, String pullPolicy) throws ConfigFailure;
}

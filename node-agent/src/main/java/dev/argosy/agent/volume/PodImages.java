package dev.argosy.agent.volume;

import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;

/**
 * Images that a pod mounts, fetched as its containers' are.
 *
 * @param <X> why one cannot be had
 */
public interface PodImages<X extends Exception> {

  /**
   * The image.
   *
   * @param pullPolicy as in a container; empty for the default
   */
  Image of(String reference, String pullPolicy) throws X, RuntimeFailure;
}

package dev.argosy.agent.pod.pull;

import dev.argosy.agent.runtime.spi.ImageStore.Image;
import java.time.Duration;

/** What came of seeing to an image. */
public sealed interface PullResult {

  /** It was there, and may be used. */
  record Present(Image image) implements PullResult {}

  /**
   * It was fetched.
   *
   * @param took from when it could begin
   * @param withWaiting from when it was wanted
   */
  record Pulled(Image image, Duration took, Duration withWaiting) implements PullResult {}

  /**
   * It cannot be had now.
   *
   * @param reason as in {@code state.waiting.reason}
   */
  record Failed(String reason, String message) implements PullResult {}
}

package dev.argosy.agent.garbage;

import java.time.Duration;

/**
 * When images go.
 *
 * @param highPercent of the images' disk in use: from there on unused ones are removed
 * @param lowPercent until that much is in use
 * @param minAge how long an image is left alone after it came
 * @param maxAge how long an unused image is kept however empty the disk; zero for ever
 */
public record GarbageSettings(int highPercent, int lowPercent, Duration minAge, Duration maxAge) {

  public static final GarbageSettings DEFAULT =
      new GarbageSettings(85, 80, Duration.ofMinutes(2), Duration.ZERO);

  public GarbageSettings {
    if (highPercent < 0 || highPercent > 100 || lowPercent < 0 || lowPercent >= highPercent) {
      throw new IllegalArgumentException(
          "--image-gc-low-threshold (%d) must be less than --image-gc-high-threshold (%d), both from 0 to 100"
              .formatted(lowPercent, highPercent));
    }
    if (!maxAge.isZero() && maxAge.compareTo(minAge) <= 0) {
      throw new IllegalArgumentException(
          "--image-maximum-gc-age must be longer than --minimum-image-ttl-duration");
    }
  }
}

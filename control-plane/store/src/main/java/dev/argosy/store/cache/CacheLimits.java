package dev.argosy.store.cache;

import java.time.Duration;

/**
 * How much a cache keeps and how long it waits.
 *
 * @param history events and snapshots younger than this are kept, up to {@code events}
 * @param events the most events kept for one resource; rounded up to a power of two
 * @param startTimeout how long a reader waits for the first listing
 */
public record CacheLimits(Duration history, int events, Duration startTimeout) {

  /** Five minutes or 32,768 events; ten seconds. */
  public static final CacheLimits DEFAULT =
      new CacheLimits(Duration.ofMinutes(5), 32_768, Duration.ofSeconds(10));

  public CacheLimits {
    if (events < 1 || history.isNegative() || startTimeout.isNegative()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}

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

  /**
   * Five minutes or 32,768 events; a minute, which is how long a request to a Kubernetes API server
   * may take ({@code kube-apiserver --request-timeout}).
   */
  public static final CacheLimits DEFAULT =
      new CacheLimits(Duration.ofMinutes(5), 32_768, Duration.ofMinutes(1));

  public CacheLimits {
    if (events < 1 || history.isNegative() || startTimeout.isNegative()) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}

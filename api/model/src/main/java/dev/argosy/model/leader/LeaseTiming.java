package dev.argosy.model.leader;

import java.time.Duration;

/**
 * How long things take in an election. By default 7 s, 5 s, 1 s: when a leader dies, the next one
 * leads within 8 s and a few requests.
 *
 * @param lease others wait so long after the last renewal that they saw
 * @param renewal a leader that could not renew for so long stops; shorter than the lease
 * @param retry pause between two tries
 */
public record LeaseTiming(Duration lease, Duration renewal, Duration retry) {

  public static final LeaseTiming DEFAULT =
      new LeaseTiming(Duration.ofSeconds(7), Duration.ofSeconds(5), Duration.ofSeconds(1));

  public LeaseTiming {
    if (lease.compareTo(renewal) <= 0 || renewal.compareTo(retry) <= 0 || !retry.isPositive()) {
      throw new IllegalArgumentException("wanted: lease > renewal > retry > 0");
    }
  }
}

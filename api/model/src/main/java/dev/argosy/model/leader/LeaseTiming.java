package dev.argosy.model.leader;

import java.time.Duration;

/**
 * How long things take in an election. As in Kubernetes' components: 15 s, 10 s, 2 s.
 *
 * @param lease others wait so long after the last renewal that they saw
 * @param renewal a leader that could not renew for so long stops; shorter than the lease
 * @param retry pause between two tries
 */
public record LeaseTiming(Duration lease, Duration renewal, Duration retry) {

  public static final LeaseTiming DEFAULT =
      new LeaseTiming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));

  public LeaseTiming {
    if (lease.compareTo(renewal) <= 0 || renewal.compareTo(retry) <= 0 || !retry.isPositive()) {
      throw new IllegalArgumentException("wanted: lease > renewal > retry > 0");
    }
  }
}

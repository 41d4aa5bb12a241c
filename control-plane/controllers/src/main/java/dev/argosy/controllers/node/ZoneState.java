package dev.argosy.controllers.node;

import java.time.Duration;
import java.util.Optional;

/**
 * How many nodes of a zone report.
 *
 * @param ready those that are ready
 * @param others those that are not, or of which nothing is heard
 */
record ZoneState(int ready, int others) {

  private static final int LARGE = 50;
  private static final int FEW = 2;
  private static final int DISRUPTED_PERCENT = 55;
  private static final Duration USUAL = Duration.ofSeconds(10);
  private static final Duration SLOW = Duration.ofSeconds(100);

  static final ZoneState EMPTY = new ZoneState(0, 0);

  ZoneState plus(boolean isReady, int amount) {
    return isReady ? new ZoneState(ready + amount, others) : new ZoneState(ready, others + amount);
  }

  boolean empty() {
    return ready + others == 0;
  }

  /** Whether no node reports, though there are some. */
  boolean down() {
    return ready == 0 && others > 0;
  }

  private boolean disrupted() {
    return others > FEW && others * 100 >= (ready + others) * DISRUPTED_PERCENT;
  }

  /**
   * The time from one node that loses its pods to the next; empty if none does. Where much of a
   * zone is not ready, but not all, the fault is taken to be in the zone: a large one goes slower,
   * a small one waits.
   */
  Optional<Duration> pace() {
    if (down() || !disrupted()) {
      return Optional.of(USUAL);
    }
    return ready + others > LARGE ? Optional.of(SLOW) : Optional.empty();
  }
}

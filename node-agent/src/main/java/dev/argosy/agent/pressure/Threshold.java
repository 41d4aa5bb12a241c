package dev.argosy.agent.pressure;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Less than that is too little.
 *
 * @param grace how long it may be so before a pod must go; zero for a hard threshold
 * @param reclaim how much more than the amount must be there until it is enough again
 */
public record Threshold(Signal signal, Amount amount, Duration grace, Amount reclaim) {

  boolean hard() {
    return grace.isZero();
  }

  /** Whether too little is there; what cannot be read is enough. */
  boolean met(Map<Signal, Level> levels) {
    return level(levels).map(l -> l.available() < least(l)).orElse(false);
  }

  /** Whether, having been too little, it still is. */
  boolean unresolved(Map<Signal, Level> levels) {
    return level(levels)
        .map(l -> l.available() < least(l) + reclaim.of(l.capacity()))
        .orElse(false);
  }

  /** How much there must be, where there is so much in all. */
  public long least(Level level) {
    return amount.of(level.capacity());
  }

  private Optional<Level> level(Map<Signal, Level> levels) {
    return Optional.ofNullable(levels.get(signal));
  }
}

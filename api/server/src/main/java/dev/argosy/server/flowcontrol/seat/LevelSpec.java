package dev.argosy.server.flowcontrol.seat;

import java.util.Optional;

/**
 * What a priority level may take of its tenant's seats, as PriorityLevelConfigurations say it.
 *
 * @param exempt never waits for its own sake and is served before all others
 * @param shares its part of the tenant's seats, against the sum over all levels
 * @param lendablePercent how much of its nominal seats others may use while it does not
 * @param borrowingPercent how much it may borrow, in percent of its nominal seats; {@link
 *     #UNLIMITED} for as much as there is
 * @param queuing how more requests wait; empty if they are refused
 */
public record LevelSpec(
    String name,
    boolean exempt,
    int shares,
    int lendablePercent,
    int borrowingPercent,
    Optional<Queuing> queuing) {

  public static final int UNLIMITED = -1;

  /** The level of requests that have no other; every tenant has it. */
  public static final String LAST_RESORT = "catch-all";

  /**
   * Queues by shuffle sharding.
   *
   * @param handSize how many queues one flow may use
   * @param lengthLimit how many requests wait in one queue
   */
  public record Queuing(int queues, int handSize, int lengthLimit) {
    public Queuing {
      if (queues < 1 || handSize < 1 || handSize > queues || lengthLimit < 0) {
        throw new IllegalArgumentException("no such queues: " + queues + ", hands of " + handSize);
      }
    }
  }

  public LevelSpec {
    if (shares < 0 || lendablePercent < 0 || lendablePercent > 100) {
      throw new IllegalArgumentException(name + ": shares or percentage out of range");
    }
  }
}

package dev.argosy.scheduler;

import dev.argosy.model.leader.LeaseTiming;

/**
 * What the scheduler needs to be told.
 *
 * @param identity of this process among those that run for leader; different in each
 * @param timing of the leader's lease
 */
public record SchedulerConfig(String identity, LeaseTiming timing) {

  public SchedulerConfig {
    if (identity.isEmpty()) {
      throw new IllegalArgumentException("a scheduler needs an identity");
    }
  }

  /** With Kubernetes' lease times. */
  public static SchedulerConfig of(String identity) {
    return new SchedulerConfig(identity, LeaseTiming.DEFAULT);
  }
}

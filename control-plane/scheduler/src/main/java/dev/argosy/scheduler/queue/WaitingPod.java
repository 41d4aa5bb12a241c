package dev.argosy.scheduler.queue;

import dev.argosy.scheduler.filter.Rejecter;
import dev.argosy.scheduler.pod.PodView;
import java.time.Instant;
import java.util.Set;

/**
 * A pod that waits for a node.
 *
 * @param attempts how often a node was looked for
 * @param since when it came, or came to be unschedulable
 * @param notBefore when it may be tried again
 * @param rejectedBy the filters that rejected it in the last attempt; empty if it was something
 *     else
 * @param promised whether room is kept for it, until which it is not told of what is left elsewhere
 */
public record WaitingPod(
    PodView pod,
    int attempts,
    Instant since,
    Instant notBefore,
    Set<Rejecter> rejectedBy,
    boolean promised) {

  public WaitingPod {
    rejectedBy = Set.copyOf(rejectedBy);
  }

  /** One for which no room is kept. */
  public WaitingPod(
      PodView pod, int attempts, Instant since, Instant notBefore, Set<Rejecter> rejectedBy) {
    this(pod, attempts, since, notBefore, rejectedBy, false);
  }

  static WaitingPod fresh(PodView pod, Instant now) {
    return new WaitingPod(pod, 0, now, Instant.MIN, Set.of());
  }

  /** The same pod as it is now. */
  public WaitingPod with(PodView changed) {
    return new WaitingPod(changed, attempts, since, notBefore, rejectedBy, promised);
  }
}

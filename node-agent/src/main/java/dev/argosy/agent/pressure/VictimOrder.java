package dev.argosy.agent.pressure;

import java.util.Comparator;
import java.util.List;

/**
 * Who goes first: those that use more than they asked for, then the less important, then those that
 * use most beyond their request. Process ids cannot be asked for: there the less important go
 * first, then those with most processes.
 */
final class VictimOrder {

  private VictimOrder() {}

  /** The pods that may be ended, in the order in which they should be. */
  static List<PodUse> of(Signal signal, List<PodUse> pods) {
    Comparator<PodUse> order = Comparator.comparingLong(use -> PodUse.priority(use.pod()));
    order = order.thenComparing(use -> use.requested(signal) - use.used(signal));
    if (signal != Signal.PROCESSES) {
      Comparator<PodUse> within =
          Comparator.comparing(use -> use.used(signal) <= use.requested(signal));
      order = within.thenComparing(order);
    }
    return pods.stream()
        .filter(use -> !PodUse.critical(use.pod()))
        .sorted(order.thenComparing(use -> use.pod().uid()))
        .toList();
  }
}

package dev.argosy.scheduler;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Rejection;
import dev.argosy.scheduler.filter.Verdict;
import dev.argosy.scheduler.filter.WideFilter;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import java.util.List;
import java.util.Optional;

/**
 * What one attempt must expect of pods of its cluster that are to come to a node, since room is
 * being made for them there: what pods ask of each other has to hold with them, and without, as in
 * Kubernetes. The room they take is counted by {@link Nominations#seen}. One thread.
 */
final class Guests {

  private final Attempt attempt;
  private final Nominations nominations;

  /** Whether nobody is to come who could matter: then nodes need not be asked about. */
  private final boolean none;

  /**
   * @param wide whether the attempt's pod itself asks for something of other pods
   */
  Guests(Attempt attempt, Nominations nominations, boolean wide) {
    this.attempt = attempt;
    this.nominations = nominations;
    this.none = wide ? nominations.isEmpty() : !nominations.keepAway(attempt.pod());
  }

  /** What an attempt must expect, whatever its pod asks for. */
  static Guests of(Attempt attempt, Nominations nominations) {
    boolean wide =
        Filters.wide(attempt.profile()).stream()
            .anyMatch(filter -> filter.prepare(attempt).isPresent());
    return new Guests(attempt, nominations, wide);
  }

  boolean none() {
    return none;
  }

  /** Why the pod may not be on the node together with those that are to come; empty if it may. */
  Optional<Rejection> rejection(NodeState node) {
    if (none) {
      return Optional.empty();
    }
    List<PodView> guests = nominations.expected(node.node().name(), attempt.pod());
    if (guests.isEmpty()) {
      return Optional.empty();
    }
    guests.forEach(guest -> attempt.census().enter(guest, node.slot()));
    try {
      return rejectionNow(node);
    } finally {
      guests.forEach(guest -> attempt.census().leave(guest, node.slot()));
    }
  }

  private Optional<Rejection> rejectionNow(NodeState node) {
    for (WideFilter filter : Filters.wide(attempt.profile())) {
      Optional<WideFilter.Check> check = filter.prepare(attempt);
      if (check.isPresent() && check.get().check(node) instanceof Verdict.Rejected rejected) {
        return Optional.of(new Rejection(filter, rejected));
      }
    }
    return Optional.empty();
  }
}

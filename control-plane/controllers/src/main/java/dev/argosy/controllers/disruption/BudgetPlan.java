package dev.argosy.controllers.disruption;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.workload.Bound;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a budget allows, and what there is to tell.
 *
 * @param stale pods that were granted an eviction long ago, and are still there
 * @param again when the next such grant lapses
 */
record BudgetPlan(BudgetStatus status, List<PodView> stale, Optional<Duration> again) {

  /** How long a pod with a granted eviction counts as gone. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  BudgetPlan {
    stale = List.copyOf(stale);
  }

  /**
   * @param pods that it is about
   * @param scale how many their owners ask for; means nothing if the budget does not need it
   */
  static BudgetPlan of(BudgetView budget, List<PodView> pods, Scale scale, Instant now) {
    Map<String, Instant> granted = new HashMap<>();
    Map<String, Instant> before = budget.status().disrupted();
    for (PodView pod : pods) {
      Instant at = before.get(pod.name());
      if (at != null && !pod.deleting() && at.plus(PATIENCE).isAfter(now)) {
        granted.put(pod.name(), at);
      }
    }
    List<PodView> stale =
        pods.stream()
            .filter(p -> !p.deleting() && before.containsKey(p.name()))
            .filter(p -> !granted.containsKey(p.name()))
            .toList();
    Optional<Duration> again =
        granted.values().stream()
            .min(Instant::compareTo)
            .map(at -> Duration.between(now, at.plus(PATIENCE)));
    BudgetStatus status =
        scale.problem().isPresent()
            ? unknown(budget, scale.problem().get(), now)
            : status(budget, pods, scale.expected(), granted, now);
    return new BudgetPlan(status, stale, again);
  }

  /** Nothing is allowed while it is not known how many pods there should be. */
  private static BudgetStatus unknown(BudgetView budget, String problem, Instant now) {
    BudgetStatus old = budget.status();
    return new BudgetStatus(
        Math.max(0, old.healthy()),
        Math.max(0, old.desired()),
        0,
        Math.max(0, old.expected()),
        old.disrupted(),
        old.observedGeneration(),
        old.condition().then(false, "SyncFailed", problem, old.observedGeneration(), now));
  }

  private static BudgetStatus status(
      BudgetView budget, List<PodView> pods, int scale, Map<String, Instant> granted, Instant now) {
    int expected = budget.needsScale() ? scale : pods.size();
    int desired = desired(budget, expected);
    int healthy =
        (int)
            pods.stream()
                .filter(p -> !p.deleting() && p.ready().isPresent())
                .filter(p -> !granted.containsKey(p.name()))
                .count();
    int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    long generation = budget.object().meta().generation();
    String reason = allowed > 0 ? "SufficientPods" : "InsufficientPods";
    return new BudgetStatus(
        healthy,
        desired,
        allowed,
        expected,
        granted,
        generation,
        budget.status().condition().then(allowed > 0, reason, "", generation, now));
  }

  private static int desired(BudgetView budget, int expected) {
    Optional<Bound> missing = budget.missing();
    return missing.isPresent()
        ? Math.max(0, expected - missing.get().roundedUp(expected))
        : budget.least().map(least -> least.roundedUp(expected)).orElse(0);
  }
}

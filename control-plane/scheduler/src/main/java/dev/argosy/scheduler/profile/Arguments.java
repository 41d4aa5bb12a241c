package dev.argosy.scheduler.profile;

import java.util.List;
import java.util.Optional;

/**
 * What plugins are told ({@code pluginConfig}).
 *
 * @param strategy how NodeResourcesFit scores; empty if each node says
 * @param spreads constraints of pods that have none; empty for Kubernetes' own
 * @param hardPodAffinity how much it counts that a pod there must be near this one
 * @param affinity of all pods
 */
record Arguments(
    Optional<Strategy> strategy,
    Optional<List<UsualSpread>> spreads,
    int hardPodAffinity,
    AddedAffinity affinity) {

  static final Arguments DEFAULT =
      new Arguments(Optional.empty(), Optional.empty(), 1, AddedAffinity.NONE);

  Arguments {
    spreads = spreads.map(List::copyOf);
  }

  Arguments with(Strategy changed) {
    return new Arguments(Optional.of(changed), spreads, hardPodAffinity, affinity);
  }

  Arguments with(List<UsualSpread> changed) {
    return new Arguments(strategy, Optional.of(changed), hardPodAffinity, affinity);
  }

  Arguments with(int changed) {
    return new Arguments(strategy, spreads, changed, affinity);
  }

  Arguments with(AddedAffinity changed) {
    return new Arguments(strategy, spreads, hardPodAffinity, changed);
  }
}

package dev.argosy.scheduler.profile;

import dev.argosy.scheduler.pod.Selection;
import dev.argosy.scheduler.pod.Spread;

/** A spread constraint of pods that have none, as far as it does not depend on the pod. */
record UsualSpread(
    String topologyKey,
    int maxSkew,
    boolean hard,
    int minDomains,
    boolean honorAffinity,
    boolean honorTaints) {

  Spread of(Selection pods) {
    return new Spread(topologyKey, maxSkew, hard, minDomains, honorAffinity, honorTaints, pods);
  }
}

package dev.argosy.scheduler.share;

import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.PodView;

/** What one cluster's pods take together. One thread. */
final class Account {

  private Load used = Load.NONE;
  private Load ending = Load.NONE;

  /** All of them. */
  Load used() {
    return used;
  }

  /** Without those that end already. */
  Load staying() {
    return used.minus(ending);
  }

  void add(PodView pod, boolean ends) {
    used = used.plus(pod.demand());
    if (ends) {
      ends(pod.demand());
    }
  }

  void remove(PodView pod, boolean ended) {
    used = used.minus(pod.demand());
    if (ended) {
      stays(pod.demand());
    }
  }

  void ends(Demand pod) {
    ending = ending.plus(pod);
  }

  void stays(Demand pod) {
    ending = ending.minus(pod);
  }

  boolean isEmpty() {
    return used.equals(Load.NONE);
  }
}

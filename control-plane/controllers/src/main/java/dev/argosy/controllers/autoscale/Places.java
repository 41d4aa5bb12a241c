package dev.argosy.controllers.autoscale;

import java.util.HashMap;
import java.util.Map;

/**
 * How many workers wait for API servers of each tenant: few, so that a slow one leaves workers for
 * others. Safe for many threads.
 */
final class Places {

  private static final int EACH = 4;

  private final Map<String, Integer> taken = new HashMap<>();

  /** Takes a place of a cluster; false if there is none left. */
  synchronized boolean take(String cluster) {
    if (taken.getOrDefault(cluster, 0) >= EACH) {
      return false;
    }
    taken.merge(cluster, 1, Integer::sum);
    return true;
  }

  synchronized void giveBack(String cluster) {
    taken.computeIfPresent(cluster, (name, count) -> count == 1 ? null : count - 1);
  }
}

package dev.argosy.scheduler;

import dev.argosy.scheduler.filter.Rejecter;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where a pod goes. */
sealed interface Placement {

  record Chosen(String node) implements Placement {}

  /**
   * No node fits.
   *
   * @param nodes how many there are
   * @param reasons how many nodes rejected the pod for each reason
   * @param by the filters that rejected it somewhere
   * @param crowded slots of the nodes where it might fit if other pods were gone
   */
  record Nowhere(int nodes, Map<String, Integer> reasons, Set<Rejecter> by, BitSet crowded)
      implements Placement {
    public Nowhere {
      reasons = Map.copyOf(reasons);
      by = Set.copyOf(by);
    }

    /** In the words of Kubernetes' scheduler. */
    public String message() {
      if (nodes == 0) {
        return "no nodes available to schedule pods";
      }
      List<String> parts =
          new TreeMap<>(reasons)
              .entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).sorted().toList();
      return "0/" + nodes + " nodes are available: " + String.join(", ", parts) + ".";
    }
  }
}

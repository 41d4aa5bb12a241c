package dev.argosy.agent.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How much it matters that all lies together. */
public enum TopologyPolicy {
  NONE("none"),
  BEST_EFFORT("best-effort"),
  RESTRICTED("restricted"),
  SINGLE_NUMA_NODE("single-numa-node");

  /** Preferred ones first, then small ones, then low ones. */
  private static final Comparator<Hint> BEST_FIRST =
      Comparator.<Hint, Boolean>comparing(hint -> !hint.preferred())
          .thenComparingInt(Hint::size)
          .thenComparingLong(Hint::nodes);

  private final String option;

  TopologyPolicy(String option) {
    this.option = option;
  }

  /**
   * By its name as an option.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static TopologyPolicy of(String option) {
    return Arrays.stream(values())
        .filter(one -> one.option.equals(option))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--topology-manager-policy is one of "
                    + Arrays.stream(values())
                        .map(one -> one.option)
                        .collect(Collectors.joining(", "))
                    + ", not \""
                    + option
                    + "\""));
  }

  /**
   * Where it goes.
   *
   * @param nodes 0 for anywhere
   * @param taken whether the policy lets it in
   */
  public record Choice(long nodes, boolean taken) {}

  /**
   * The best that all can agree on.
   *
   * @param everyNode the bits of all nodes
   * @param resources for each what was hinted; an empty list for one that fits nowhere
   */
  public Choice choose(long everyNode, List<List<Hint>> resources) {
    if (this == NONE || resources.isEmpty()) {
      return new Choice(0, true);
    }
    List<Hint> best = List.of(new Hint(everyNode, true));
    boolean first = true;
    for (List<Hint> hints : resources) {
      best = combined(best, first, usable(hints));
      first = false;
    }
    Hint chosen = best.stream().min(BEST_FIRST).orElse(new Hint(everyNode, false));
    boolean taken = this == BEST_EFFORT || chosen.preferred();
    return new Choice(chosen.nodes() == everyNode ? 0 : chosen.nodes(), taken);
  }

  private List<Hint> usable(List<Hint> hints) {
    List<Hint> all = hints.isEmpty() ? List.of(Hint.NOWHERE) : hints;
    return this == SINGLE_NUMA_NODE
        ? all.stream().filter(h -> h.preferred() && h.size() <= 1).toList()
        : all;
  }

  /** What nodes two have in common; preferred only if both prefer the same. */
  private static List<Hint> combined(List<Hint> some, boolean first, List<Hint> others) {
    List<Hint> all = new ArrayList<>();
    for (Hint one : some) {
      for (Hint other : others) {
        long otherNodes = other.nodes() == 0 ? one.nodes() : other.nodes();
        long both = one.nodes() & otherNodes;
        boolean same = first || other.nodes() == 0 || one.nodes() == other.nodes();
        if (both != 0) {
          all.add(new Hint(both, one.preferred() && other.preferred() && same));
        }
      }
    }
    return all.stream().distinct().toList();
  }
}

package dev.argosy.scheduler;

import dev.argosy.scheduler.filter.Filter;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Verdict;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.score.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds the best node for a demand: a pure function of the nodes, but for ties. */
public final class Decision {

  private Decision() {}

  /**
   * @param nodes those that the pod's cluster may use
   * @param ties chooses between nodes that are equally good
   */
  public static Placement place(Demand demand, List<NodeState> nodes, RandomGenerator ties) {
    List<NodeState> fitting = new ArrayList<>();
    Map<String, Integer> reasons = new HashMap<>();
    Set<Filter> by = new HashSet<>();
    for (NodeState node : nodes) {
      Optional<Rejection> rejection = reject(demand, node);
      if (rejection.isEmpty()) {
        fitting.add(node);
      } else {
        by.add(rejection.get().by());
        rejection.get().reasons().forEach(reason -> reasons.merge(reason, 1, Integer::sum));
      }
    }
    return fitting.isEmpty()
        ? new Placement.Nowhere(nodes.size(), reasons, by)
        : new Placement.Chosen(best(demand, fitting, ties).node().name());
  }

  private record Rejection(Filter by, List<String> reasons) {}

  private static Optional<Rejection> reject(Demand demand, NodeState node) {
    for (Filter filter : Filters.inOrder()) {
      if (filter.check(demand, node) instanceof Verdict.Rejected(List<String> reasons)) {
        return Optional.of(new Rejection(filter, reasons));
      }
    }
    return Optional.empty();
  }

  private static NodeState best(Demand demand, List<NodeState> fitting, RandomGenerator ties) {
    if (fitting.size() == 1) {
      return fitting.getFirst();
    }
    long[] marks = Scores.of(demand, fitting);
    int best = 0;
    int equals = 1;
    for (int i = 1; i < marks.length; i++) {
      if (marks[i] > marks[best]) {
        best = i;
        equals = 1;
      } else if (marks[i] == marks[best] && ties.nextInt(++equals) == 0) {
        best = i;
      }
    }
    return fitting.get(best);
  }
}

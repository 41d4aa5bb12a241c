package dev.argosy.scheduler.explain;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.filter.Filter;
import dev.argosy.scheduler.filter.Filters;
import dev.argosy.scheduler.filter.Lack;
import dev.argosy.scheduler.filter.Lacks;
import dev.argosy.scheduler.filter.Rejection;
import dev.argosy.scheduler.filter.Verdict;
import dev.argosy.scheduler.filter.WideFilter;
import dev.argosy.scheduler.node.NodeState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Asks all filters about all nodes of an attempt that came to nothing. That costs more than the
 * search did, which stops at a node's first rejection.
 */
public final class Explainer {

  private record Key(String filter, String reason) {}

  private record Wide(String filter, WideFilter.Check check) {}

  private final Attempt attempt;
  private final UnaryOperator<NodeState> seen;
  private final Function<NodeState, Optional<Rejection>> guests;
  private final List<Wide> wide = new ArrayList<>(0);
  private final Map<Key, Integer> counts = new HashMap<>();
  private Optional<Explanation.Nearest> nearest = Optional.empty();

  private Explainer(
      Attempt attempt,
      UnaryOperator<NodeState> seen,
      Function<NodeState, Optional<Rejection>> guests) {
    this.attempt = attempt;
    this.seen = seen;
    this.guests = guests;
    for (WideFilter filter : Filters.wide(attempt.profile())) {
      filter.prepare(attempt).ifPresent(check -> wide.add(new Wide(filter.name(), check)));
    }
  }

  /**
   * Why the attempt's pod fits nowhere.
   *
   * @param seen a node as the pod sees it
   * @param guests why a pod may not be on a node together with those that are to come there
   */
  public static Explanation of(
      Attempt attempt,
      UnaryOperator<NodeState> seen,
      Function<NodeState, Optional<Rejection>> guests) {
    Explainer explainer = new Explainer(attempt, seen, guests);
    explainer.look();
    return new Explanation(attempt.among().size(), explainer.reasons(), explainer.nearest);
  }

  private void look() {
    Optional<Set<String>> named = attempt.pod().demand().named();
    for (int i = 0; i < attempt.among().size(); i++) {
      NodeState node = attempt.nodes().at(attempt.among().slot(i));
      if (named.isPresent() && !named.get().contains(node.node().name())) {
        count(Filters.notNamed().name(), Filters.NOT_NAMED);
      } else {
        look(seen.apply(node));
      }
    }
  }

  private void look(NodeState node) {
    List<Lack> lacks = new ArrayList<>();
    for (Filter filter : Filters.ofNodes(attempt.profile())) {
      if (filter.check(attempt.pod().demand(), node) instanceof Verdict.Rejected rejected) {
        if (lacks.isEmpty()) {
          count(filter.name(), rejected);
        }
        lacks.addAll(filter.lacks(attempt.pod().demand(), node));
        if (isFurther(lacks)) {
          return;
        }
      }
    }
    for (Wide filter : wide) {
      if (filter.check().check(node) instanceof Verdict.Rejected rejected) {
        if (lacks.isEmpty()) {
          count(filter.filter(), rejected);
        }
        lacks.addAll(Lacks.of(filter.filter(), rejected));
      }
    }
    if (lacks.isEmpty()) {
      guests
          .apply(node)
          .ifPresent(rejection -> {
            count(rejection.by().name(), rejection.verdict());
            lacks.addAll(Lacks.of(rejection.by().name(), rejection.verdict()));
          });
    }
    if (!lacks.isEmpty() && !isFurther(lacks)) {
      nearest = Optional.of(new Explanation.Nearest(node.node().name(), lacks));
    }
  }

  private void count(String filter, Verdict.Rejected verdict) {
    verdict.reasons().forEach(reason -> counts.merge(new Key(filter, reason), 1, Integer::sum));
  }

  /** Fewer things are less far; of as many, smaller ones. The first node of several equal ones. */
  private boolean isFurther(List<Lack> lacks) {
    if (nearest.isEmpty()) {
      return false;
    }
    List<Lack> best = nearest.get().lacks();
    return lacks.size() != best.size() ? lacks.size() > best.size() : shares(lacks) >= shares(best);
  }

  private static double shares(List<Lack> lacks) {
    double sum = 0;
    for (Lack lack : lacks) {
      sum += lack.share();
    }
    return sum;
  }

  private List<Explanation.Reason> reasons() {
    return counts.entrySet().stream()
        .map(e -> new Explanation.Reason(e.getKey().filter(), e.getKey().reason(), e.getValue()))
        .sorted(
            Comparator.comparingInt((Explanation.Reason r) -> -r.nodes())
                .thenComparing(Explanation.Reason::filter)
                .thenComparing(Explanation.Reason::reason))
        .toList();
  }
}

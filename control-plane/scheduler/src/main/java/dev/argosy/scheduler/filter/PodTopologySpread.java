package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.topology.SpreadCount;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Topology spread constraints that must hold ({@code DoNotSchedule}). */
final class PodTopologySpread implements WideFilter {

  private static final Verdict SKEWED =
      Verdict.notNow("node(s) didn't match pod topology spread constraints");
  private static final Verdict NO_LABEL =
      Verdict.never(
          "node(s) didn't match pod topology spread constraints (missing required label)");

  /**
   * One constraint.
   *
   * @param room how many pods a domain may have with this one
   */
  private record Bound(SpreadCount count, int own, int room) {
    Verdict check(NodeState node) {
      if (!count.has(node.slot())) {
        return NO_LABEL;
      }
      return count.at(node.slot()) + own > room ? SKEWED : Verdict.FITS;
    }
  }

  @Override
  public String name() {
    return "PodTopologySpread";
  }

  @Override
  public Optional<Check> prepare(Attempt attempt) {
    List<Spread> hard = hard(attempt);
    if (hard.isEmpty()) {
      return Optional.empty();
    }
    Set<String> keys = hard.stream().map(Spread::topologyKey).collect(Collectors.toSet());
    List<Bound> bounds = new ArrayList<>();
    for (Spread spread : hard) {
      SpreadCount count = attempt.census().spread(attempt.among(), attempt.pod(), spread, keys);
      int own = attempt.census().means(spread.pods(), attempt.pod()) ? 1 : 0;
      bounds.add(new Bound(count, own, spread.maxSkew() + count.least(spread.minDomains())));
    }
    return Optional.of(node -> check(bounds, node));
  }

  private static Verdict check(List<Bound> bounds, NodeState node) {
    for (Bound bound : bounds) {
      Verdict verdict = bound.check(node);
      if (verdict != Verdict.FITS) {
        return verdict;
      }
    }
    return Verdict.FITS;
  }

  private static List<Spread> hard(Attempt attempt) {
    List<Spread> own = attempt.pod().company().spreads();
    List<Spread> all = own.isEmpty() ? attempt.usual() : own;
    return all.isEmpty() ? all : all.stream().filter(Spread::hard).toList();
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(
        ClusterChange.NODE_ADDED,
        ClusterChange.NODE_LABELS,
        ClusterChange.NODE_TAINTS,
        ClusterChange.POD_PLACED,
        ClusterChange.POD_CHANGED,
        ClusterChange.POD_GONE,
        ClusterChange.POOLS);
  }

  @Override
  public boolean mayHelp(PodView waiting, Change change) {
    List<Spread> own = waiting.company().spreads();
    return change.pod().isEmpty()
        || own.isEmpty() // those of its profile reject it; whom they mean is not known here
        || own.stream().anyMatch(s -> s.hard() && s.pods().mayMean(change.pod().get()));
  }
}

package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.topology.SpreadCount;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Topology spread constraints that need not hold ({@code ScheduleAnyway}), or the usual ones of a
 * pod without any: rather where few pods of the kind are. A constraint counts for more the more
 * domains there are. Between nodes that are to be filled one after another the usual ones make no
 * difference.
 */
final class SpreadPreference implements WideScore {

  private static final long NOT_MEANT = -1;

  @Override
  public String name() {
    return "PodTopologySpread";
  }

  @Override
  public Optional<NodeMarks> alone(Attempt attempt) {
    return soft(attempt).isEmpty() ? Optional.of(NodeMarks.NONE) : Optional.empty();
  }

  private static List<Spread> soft(Attempt attempt) {
    List<Spread> own = attempt.pod().company().spreads();
    return (own.isEmpty() ? attempt.usual() : own).stream().filter(s -> !s.hard()).toList();
  }

  @Override
  public Optional<long[]> marks(Attempt attempt, List<NodeState> candidates) {
    List<Spread> soft = soft(attempt);
    if (soft.isEmpty()) {
      return Optional.empty();
    }
    List<Spread> own = attempt.pod().company().spreads();
    boolean builtIn = own.isEmpty() && attempt.profile().spreadsAsUsual();
    Set<String> needed =
        builtIn ? Set.of() : soft.stream().map(Spread::topologyKey).collect(Collectors.toSet());
    double[] sums = new double[candidates.size()];
    boolean[] meant = meant(candidates, needed);
    for (Spread spread : soft) {
      SpreadCount count = attempt.census().spread(attempt.among(), attempt.pod(), spread, needed);
      add(spread, count, candidates, meant, sums);
    }
    long[] marks = marks(sums, meant);
    if (builtIn) {
      Packing.of(attempt, candidates).ifPresent(packing -> packing.level(marks));
    }
    return Optional.of(marks);
  }

  private static boolean[] meant(List<NodeState> candidates, Set<String> needed) {
    boolean[] meant = new boolean[candidates.size()];
    for (int i = 0; i < meant.length; i++) {
      meant[i] = needed.isEmpty() || candidates.get(i).node().labels().keySet().containsAll(needed);
    }
    return meant;
  }

  private static void add(
      Spread spread,
      SpreadCount count,
      List<NodeState> candidates,
      boolean[] meant,
      double[] sums) {
    double weight = Math.log(domains(count, candidates, meant) + 2.0);
    for (int i = 0; i < sums.length; i++) {
      int slot = candidates.get(i).slot();
      if (meant[i] && count.has(slot)) {
        sums[i] += count.at(slot) * weight + (spread.maxSkew() - 1);
      }
    }
  }

  private static int domains(SpreadCount count, List<NodeState> candidates, boolean[] meant) {
    BitSet seen = new BitSet(count.domains());
    for (int i = 0; i < meant.length; i++) {
      int domain = count.domain(candidates.get(i).slot());
      if (meant[i] && domain >= 0) {
        seen.set(domain);
      }
    }
    return seen.cardinality();
  }

  private static long[] marks(double[] sums, boolean[] meant) {
    long[] marks = new long[sums.length];
    long most = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < marks.length; i++) {
      marks[i] = meant[i] ? Math.round(sums[i]) : NOT_MEANT;
      if (meant[i]) {
        most = Math.max(most, marks[i]);
        least = Math.min(least, marks[i]);
      }
    }
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] == NOT_MEANT) {
        marks[i] = 0;
      } else {
        marks[i] = most == 0 ? Score.BEST : Score.BEST * (most + least - marks[i]) / most;
      }
    }
    return marks;
  }
}

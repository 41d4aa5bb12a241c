package dev.argosy.scheduler.score;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.AffinityTerm;
import dev.argosy.scheduler.topology.Crowd;
import dev.argosy.scheduler.topology.DomainCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Preferred affinity and anti-affinity between pods, of the pod and of those that are there. A pod
 * that must be near this one counts a little, too.
 */
final class InterPodPreference implements WideScore {

  private record Part(DomainCount count, long factor) {}

  @Override
  public String name() {
    return "InterPodAffinity";
  }

  @Override
  public Optional<NodeMarks> alone(Attempt attempt) {
    return parts(attempt).isEmpty() ? Optional.of(NodeMarks.NONE) : Optional.empty();
  }

  @Override
  public Optional<long[]> marks(Attempt attempt, List<NodeState> candidates) {
    List<Part> parts = parts(attempt);
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    long[] sums = new long[candidates.size()];
    for (Part part : parts) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += part.factor() * part.count().at(candidates.get(i).slot());
      }
    }
    return marks(sums);
  }

  private static List<Part> parts(Attempt attempt) {
    List<Part> parts = new ArrayList<>(0);
    for (AffinityTerm term : attempt.pod().company().terms()) {
      long sign = sign(term);
      if (sign != 0) {
        Crowd crowd = new Crowd(List.of(term.pods()), true);
        DomainCount count = attempt.census().tally(crowd).by(term.topologyKey());
        parts.add(new Part(count, sign * term.weight()));
      }
    }
    attempt
        .census()
        .others(
            attempt.pod(),
            (term, weights) ->
                parts.add(
                    new Part(
                        weights,
                        term.kind() == AffinityTerm.Kind.NEAR
                            ? attempt.profile().hardPodAffinity()
                            : sign(term))));
    return parts;
  }

  private static long sign(AffinityTerm term) {
    return switch (term.kind()) {
      case RATHER_NEAR -> 1;
      case RATHER_FAR -> -1;
      case NEAR, FAR -> 0;
    };
  }

  private static Optional<long[]> marks(long[] sums) {
    long most = Long.MIN_VALUE;
    long least = Long.MAX_VALUE;
    for (long sum : sums) {
      most = Math.max(most, sum);
      least = Math.min(least, sum);
    }
    if (most == least) {
      return Optional.empty();
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Score.BEST * (sums[i] - least) / (most - least);
    }
    return Optional.of(sums);
  }
}

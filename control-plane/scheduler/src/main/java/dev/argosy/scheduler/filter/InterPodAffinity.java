package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.Change;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.pod.AffinityTerm;
import dev.argosy.scheduler.pod.AffinityTerm.Kind;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.topology.Census;
import dev.argosy.scheduler.topology.Crowd;
import dev.argosy.scheduler.topology.DomainCount;
import dev.argosy.scheduler.topology.Tally;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Required affinity and anti-affinity between pods, and the required anti-affinity of pods that are
 * there already. Where no pod matches all affinity terms yet, one that matches its own terms may
 * begin.
 */
final class InterPodAffinity implements WideFilter {

  private static final Verdict NOT_NEAR = Verdict.never("node(s) didn't match pod affinity rules");
  private static final Verdict NOT_FAR =
      Verdict.notNow("node(s) didn't match pod anti-affinity rules");
  private static final Verdict OTHERS_FAR =
      Verdict.notNow("node(s) didn't satisfy existing pods anti-affinity rules");

  /**
   * What was counted.
   *
   * @param near of each affinity term, the pods that match all of them
   * @param first whether the pod may be the first of its kind
   * @param far of each anti-affinity term, the pods that match it
   * @param others the pods with terms that keep this one away
   */
  private record Counts(
      List<DomainCount> near, boolean first, List<DomainCount> far, List<DomainCount> others) {

    Verdict check(NodeState node) {
      if (!isNear(node.slot())) {
        return NOT_NEAR;
      }
      return any(far, node.slot()) ? NOT_FAR : any(others, node.slot()) ? OTHERS_FAR : Verdict.FITS;
    }

    private boolean isNear(int slot) {
      for (DomainCount count : near) {
        if (first ? !count.has(slot) : count.at(slot) == 0) {
          return false;
        }
      }
      return true;
    }

    private static boolean any(List<DomainCount> counts, int slot) {
      for (DomainCount count : counts) {
        if (count.at(slot) > 0) {
          return true;
        }
      }
      return false;
    }

    boolean reject() {
      return !near.isEmpty() || !far.isEmpty() || !others.isEmpty();
    }
  }

  @Override
  public String name() {
    return "InterPodAffinity";
  }

  @Override
  public Optional<Check> prepare(Attempt attempt) {
    Census census = attempt.census();
    PodView pod = attempt.pod();
    List<AffinityTerm> terms = pod.company().terms(Kind.NEAR);
    List<DomainCount> near = near(census, terms);
    boolean first =
        near.stream().allMatch(count -> count.total() == 0)
            && terms.stream().allMatch(term -> census.means(term.pods(), pod));
    Counts counts = new Counts(near, first, far(census, pod), census.far(pod));
    return counts.reject() ? Optional.of(counts::check) : Optional.empty();
  }

  private static List<DomainCount> near(Census census, List<AffinityTerm> terms) {
    if (terms.isEmpty()) {
      return List.of();
    }
    Tally tally = census.tally(new Crowd(terms.stream().map(AffinityTerm::pods).toList(), true));
    return terms.stream().map(term -> tally.by(term.topologyKey())).toList();
  }

  private static List<DomainCount> far(Census census, PodView pod) {
    return pod.company().terms(Kind.FAR).stream()
        .map(term -> census.tally(new Crowd(List.of(term.pods()), true)).by(term.topologyKey()))
        .toList();
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(
        ClusterChange.NODE_ADDED,
        ClusterChange.NODE_LABELS,
        ClusterChange.NAMESPACE_LABELS,
        ClusterChange.POD_PLACED,
        ClusterChange.POD_CHANGED,
        ClusterChange.POD_GONE,
        ClusterChange.POOLS);
  }

  @Override
  public boolean mayHelp(PodView waiting, Change change) {
    if (change.pod().isEmpty()) {
      return true;
    }
    PodView pod = change.pod().get();
    if (!pod.key().cluster().equals(waiting.key().cluster())) {
      return false;
    }
    boolean went = !change.kinds().contains(ClusterChange.POD_PLACED);
    return meant(waiting, Kind.NEAR, pod)
        || (went && (meant(waiting, Kind.FAR, pod) || meant(pod, Kind.FAR, waiting)));
  }

  private static boolean meant(PodView by, Kind kind, PodView pod) {
    return by.company().terms(kind).stream().anyMatch(term -> term.pods().mayMean(pod));
  }
}

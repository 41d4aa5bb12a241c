package dev.argosy.scheduler.preempt;

import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that may go from one node, and what others may make of it.
 *
 * @param others pods of the node that need not go, and could for the same pod
 */
public record Candidate(Victims victims, List<PodView> others) {

  public Candidate {
    others = List.copyOf(others);
  }

  /** With the pods of these uids as victims; empty if one of them is none that could go. */
  public Optional<Candidate> costing(Set<String> uids) {
    List<PodView> all = new ArrayList<>(victims.pods());
    all.addAll(others);
    all.sort(Victims.MOST_IMPORTANT);
    List<PodView> going = all.stream().filter(pod -> uids.contains(pod.uid())).toList();
    Set<String> found = new HashSet<>();
    going.forEach(pod -> found.add(pod.uid()));
    return found.containsAll(uids)
        ? Optional.of(
            new Candidate(
                new Victims(victims.node(), going, victims.violations()),
                all.stream().filter(pod -> !uids.contains(pod.uid())).toList()))
        : Optional.empty();
  }
}

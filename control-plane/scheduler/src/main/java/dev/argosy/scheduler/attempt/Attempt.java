package dev.argosy.scheduler.attempt;

import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Rank;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.topology.Census;
import dev.argosy.scheduler.volume.Needs;
import java.util.List;
import java.util.Optional;

/**
 * A pod, and all that decides where it goes.
 *
 * @param pod as its profile shapes it
 * @param among the nodes that its cluster may use
 * @param usual the spread that it is given if it asks for none
 * @param volumes what its volumes ask for
 * @param advice of others, if they were asked
 */
public record Attempt(
    PodView pod,
    Profile profile,
    NodeTable nodes,
    NodeSet among,
    Census census,
    List<Spread> usual,
    Needs volumes,
    Optional<Advice> advice) {

  public Attempt {
    usual = List.copyOf(usual);
  }

  /** About which nobody else is asked. */
  public Attempt(
      PodView pod,
      Profile profile,
      NodeTable nodes,
      NodeSet among,
      Census census,
      List<Spread> usual,
      Needs volumes) {
    this(pod, profile, nodes, among, census, usual, volumes, Optional.empty());
  }

  /** The same, but nobody has to go for the pod. */
  public Attempt withoutPreemption() {
    Rank rank = pod.rank();
    PodView polite = pod.with(new Rank(rank.priority(), false, rank.nominated(), rank.started()));
    return new Attempt(polite, profile, nodes, among, census, usual, volumes, advice);
  }

  public Attempt with(Advice given) {
    return new Attempt(pod, profile, nodes, among, census, usual, volumes, Optional.of(given));
  }
}

package dev.argosy.scheduler.attempt;

import dev.argosy.scheduler.node.NodeSet;
import dev.argosy.scheduler.node.NodeTable;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Spread;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.topology.Census;
import dev.argosy.scheduler.volume.Needs;
import java.util.List;

/**
 * A pod, and all that decides where it goes.
 *
 * @param pod as its profile shapes it
 * @param among the nodes that its cluster may use
 * @param usual the spread that it is given if it asks for none
 * @param volumes what its volumes ask for
 */
public record Attempt(
    PodView pod,
    Profile profile,
    NodeTable nodes,
    NodeSet among,
    Census census,
    List<Spread> usual,
    Needs volumes) {

  public Attempt {
    usual = List.copyOf(usual);
  }
}

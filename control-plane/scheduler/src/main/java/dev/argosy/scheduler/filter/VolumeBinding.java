package dev.argosy.scheduler.filter;

import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.attempt.ClusterChange;
import dev.argosy.scheduler.node.NodeState;
import dev.argosy.scheduler.volume.Needs;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Keeps a pod on the nodes where the volumes of its claims are, or can come to be. */
final class VolumeBinding implements WideFilter {

  private static final Verdict ELSEWHERE =
      Verdict.never("node(s) had volume node affinity conflict");
  private static final Verdict NONE_THERE =
      Verdict.never("node(s) didn't find available persistent volumes to bind");

  private static final Verdict NO_ROOM = Verdict.never("node(s) did not have enough free storage");

  @Override
  public String name() {
    return "VolumeBinding";
  }

  @Override
  public Optional<Check> prepare(Attempt attempt) {
    Needs needs = attempt.volumes();
    if (!needs.problem().isEmpty()) {
      Verdict problem = Verdict.never(needs.problem());
      return Optional.of(node -> problem);
    }
    return needs.places().isEmpty() && needs.rooms().isEmpty()
        ? Optional.empty()
        : Optional.of(node -> check(needs, node));
  }

  private static Verdict check(Needs needs, NodeState node) {
    for (Needs.Place place : needs.places()) {
      if (!place.allows(node.node())) {
        return place.chosen() ? ELSEWHERE : NONE_THERE;
      }
    }
    for (Needs.Room room : needs.rooms()) {
      if (!room.allows(node.node())) {
        return NO_ROOM;
      }
    }
    return Verdict.FITS;
  }

  @Override
  public Set<ClusterChange> hears() {
    return EnumSet.of(
        ClusterChange.VOLUMES,
        ClusterChange.NODE_ADDED,
        ClusterChange.NODE_LABELS,
        ClusterChange.POOLS);
  }
}

package dev.argosy.scheduler;

import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import java.util.ArrayList;
import java.util.List;

/**
 * What the scheduler's thread knew at one moment and nobody else does, to be looked at by others:
 * nodes, pods on them (assumed ones among them), and pods for which room is made. Costs that thread
 * a pass over all pods.
 *
 * @param next of each cluster the pod that is tried first, if one may be tried now
 */
record Moment(
    List<NodeView> nodes, List<Placed> placed, List<Placed> nominated, List<PodView> next) {

  /** A pod and its node. */
  record Placed(PodView pod, String node) {}

  static Moment of(ClusterState state, Nominations nominations, List<PodView> next) {
    List<NodeView> nodes = new ArrayList<>();
    state.nodes().slots().forEach(slot -> nodes.add(state.nodes().at(slot).node()));
    List<Placed> placed = new ArrayList<>();
    state.forEach((pod, node) -> placed.add(new Placed(pod, node)));
    List<Placed> nominated = new ArrayList<>();
    nominations.forEach((pod, node) -> nominated.add(new Placed(pod, node)));
    return new Moment(nodes, placed, nominated, next);
  }
}

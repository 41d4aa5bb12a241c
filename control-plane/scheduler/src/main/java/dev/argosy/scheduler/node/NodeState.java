package dev.argosy.scheduler.node;

import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.HostPort;
import dev.argosy.scheduler.pod.Resources;
import dev.argosy.scheduler.pod.Usual;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A node and what is taken of it, bound and assumed pods alike. As long as it is the same object,
 * nothing about the node has changed.
 *
 * @param slot its number among the nodes that there are; that of a node that is gone is given away
 *     again
 * @param usual what its pods are taken to use
 */
public record NodeState(
    int slot, NodeView node, Resources used, Usual usual, int pods, List<HostPort> hostPorts) {

  /** Stands in empty slots. */
  public static final NodeState NONE =
      empty(-1, new NodeView("", Map.of(), true, List.of(), Resources.NONE, 0, Map.of()));

  public NodeState {
    hostPorts = List.copyOf(hostPorts);
  }

  public static NodeState empty(int slot, NodeView node) {
    return new NodeState(slot, node, Resources.NONE, Usual.NONE, 0, List.of());
  }

  public NodeState with(NodeView changed) {
    return new NodeState(slot, changed, used, usual, pods, hostPorts);
  }

  public NodeState plus(Demand demand) {
    List<HostPort> ports = hostPorts;
    if (!demand.hostPorts().isEmpty()) {
      ports = new ArrayList<>(hostPorts);
      ports.addAll(demand.hostPorts());
    }
    return new NodeState(
        slot, node, used.plus(demand.requests()), usual.plus(demand.usual()), pods + 1, ports);
  }

  public NodeState minus(Demand demand) {
    List<HostPort> ports = hostPorts;
    if (!demand.hostPorts().isEmpty()) {
      ports = new ArrayList<>(hostPorts);
      demand.hostPorts().forEach(ports::remove);
    }
    return new NodeState(
        slot, node, used.minus(demand.requests()), usual.minus(demand.usual()), pods - 1, ports);
  }
}

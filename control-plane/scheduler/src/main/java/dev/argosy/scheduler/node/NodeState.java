package dev.argosy.scheduler.node;

import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.HostPort;
import dev.argosy.scheduler.pod.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node and what is taken of it, bound and assumed pods alike.
 *
 * @param owners how many pods of each managing owner, by its uid
 */
public record NodeState(
    NodeView node,
    Resources used,
    int pods,
    List<HostPort> hostPorts,
    Map<String, Integer> owners) {

  public NodeState {
    hostPorts = List.copyOf(hostPorts);
    owners = Map.copyOf(owners);
  }

  public static NodeState empty(NodeView node) {
    return new NodeState(node, Resources.NONE, 0, List.of(), Map.of());
  }

  public NodeState with(NodeView changed) {
    return new NodeState(changed, used, pods, hostPorts, owners);
  }

  public NodeState plus(Demand demand) {
    return new NodeState(
        node, used.plus(demand.requests()), pods + 1, joined(demand), counted(demand, 1));
  }

  public NodeState minus(Demand demand) {
    List<HostPort> left = hostPorts;
    if (!demand.hostPorts().isEmpty()) {
      left = new ArrayList<>(hostPorts);
      demand.hostPorts().forEach(left::remove);
    }
    return new NodeState(node, used.minus(demand.requests()), pods - 1, left, counted(demand, -1));
  }

  private List<HostPort> joined(Demand demand) {
    if (demand.hostPorts().isEmpty()) {
      return hostPorts;
    }
    List<HostPort> all = new ArrayList<>(hostPorts);
    all.addAll(demand.hostPorts());
    return all;
  }

  private Map<String, Integer> counted(Demand demand, int change) {
    if (demand.ownerUid().isEmpty()) {
      return owners;
    }
    Map<String, Integer> counts = new HashMap<>(owners);
    counts.merge(demand.ownerUid(), change, Integer::sum);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}

package dev.argosy.agent.csi;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a driver said when it registered.
 *
 * @param nodeId the driver's name for this node
 * @param mostVolumes that it takes here; 0 if it sets no limit
 * @param topology where this node is, in the driver's terms
 * @param node what its node service can
 * @param plugin what it is for, by CSI's names
 * @param controller what its controller service can, by CSI's names; empty if it has none here
 */
public record DriverFacts(
    String nodeId,
    long mostVolumes,
    Map<String, String> topology,
    Set<NodeAbility> node,
    List<String> plugin,
    List<String> controller) {

  public DriverFacts {
    topology = Map.copyOf(topology);
    node = Set.copyOf(node);
    plugin = List.copyOf(plugin);
    controller = List.copyOf(controller);
  }
}

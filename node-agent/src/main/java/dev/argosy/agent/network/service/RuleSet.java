package dev.argosy.agent.network.service;

import java.util.List;
import java.util.Map;

/**
 * What the proxy should do: where each virtual address and node port leads.
 *
 * @param virtual by address, protocol and port; only those with endpoints
 * @param nodePorts by protocol and port; the address is empty
 */
public record RuleSet(Map<Front, Targets> virtual, Map<Front, Targets> nodePorts) {

  public static final RuleSet EMPTY = new RuleSet(Map.of(), Map.of());

  /** Where clients connect to. */
  public record Front(String address, String protocol, int port) {}

  /** Where connections go. */
  public record Target(String address, int port) {}

  /**
   * The endpoints of a front, at least one.
   *
   * @param sticky whether a client address always gets the same one
   */
  public record Targets(boolean sticky, List<Target> all) {
    public Targets {
      all = List.copyOf(all);
    }
  }

  public RuleSet {
    virtual = Map.copyOf(virtual);
    nodePorts = Map.copyOf(nodePorts);
  }
}

package dev.argosy.agent.network.service;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the proxy should do: where each virtual address and node port leads.
 *
 * @param virtual by address, protocol and port; only those with endpoints
 * @param nodePorts by protocol and port; the address is empty
 * @param outside by protocol and port; where node ports lead connections from outside that keep
 *     their sender, if not as the others: to this node's own endpoints, or nowhere if it has none
 * @param beside addresses of services outside the platform's range, with endpoints or without;
 *     connections to them that lead nowhere are refused, as those to the range are
 */
public record RuleSet(
    Map<Front, Targets> virtual,
    Map<Front, Targets> nodePorts,
    Map<Front, Targets> outside,
    Set<String> beside) {

  public static final RuleSet EMPTY = new RuleSet(Map.of(), Map.of(), Map.of(), Set.of());

  /** Where clients connect to. */
  public record Front(String address, String protocol, int port) {}

  /** Where connections go. */
  public record Target(String address, int port) {}

  /**
   * The endpoints of a front, at least one unless it leads nowhere.
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
    outside = Map.copyOf(outside);
    beside = Set.copyOf(beside);
  }
}

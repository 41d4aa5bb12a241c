package dev.argosy.agent.network.service;

import dev.argosy.agent.network.service.RuleSet.Front;
import dev.argosy.agent.network.service.RuleSet.Target;
import dev.argosy.agent.network.service.RuleSet.Targets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides the rule set of a node; pure.
 *
 * @param apiService the virtual address of every tenant's {@code kubernetes} service
 * @param apiServers where it leads, as reachable from pods of this node
 * @param network the ranges of addresses
 */
public record ServiceRules(Front apiService, List<Target> apiServers, ServiceNetwork network) {

  public ServiceRules {
    apiServers = List.copyOf(apiServers);
  }

  /**
   * What a node does.
   *
   * @param place where it is
   */
  public RuleSet decide(
      Collection<ServiceView> services, Collection<SliceView> slices, NodePlace place) {
    Map<String, List<SliceView>> byService = new HashMap<>();
    slices.forEach(s -> byService.computeIfAbsent(s.service(), k -> new ArrayList<>()).add(s));
    Map<Front, Targets> virtual = new HashMap<>();
    Map<Front, Targets> nodePorts = new HashMap<>();
    Map<Front, Targets> outside = new HashMap<>();
    Set<String> beside = new HashSet<>();
    for (ServiceView service : services) {
      if (!service.clusterIp().isEmpty() && !service.clusterIp().equals(apiService.address())) {
        List<SliceView> own = byService.getOrDefault(idOf(service), List.of());
        for (ServiceView.Port port : service.ports()) {
          Choice choice = new Choice(candidates(port, own), service.publishNotReady(), place);
          add(service, port, choice, virtual);
          if (port.nodePort() > 0) {
            addNodePort(service, port, choice, nodePorts, outside);
          }
        }
        if (!network.inServiceRange(service.clusterIp())) {
          beside.add(service.clusterIp());
        }
      }
    }
    if (!apiServers.isEmpty()) {
      virtual.put(apiService, new Targets(false, apiServers));
    }
    return new RuleSet(virtual, nodePorts, outside, beside);
  }

  private static String idOf(ServiceView service) {
    return SliceView.serviceId(
        service.key().cluster(), service.key().namespace(), service.key().name());
  }

  private static void add(
      ServiceView service, ServiceView.Port port, Choice choice, Map<Front, Targets> virtual) {
    List<Target> targets = service.policy().inside() ? choice.local() : choice.near();
    if (!targets.isEmpty()) {
      virtual.put(
          new Front(service.clusterIp(), port.protocol(), port.port()),
          new Targets(service.affinity(), targets));
    }
  }

  /** Pods and the node itself go to all endpoints, whatever holds for those outside. */
  private static void addNodePort(
      ServiceView service,
      ServiceView.Port port,
      Choice choice,
      Map<Front, Targets> nodePorts,
      Map<Front, Targets> outside) {
    Front front = new Front("", port.protocol(), port.nodePort());
    List<Target> targets = choice.near();
    if (!targets.isEmpty()) {
      nodePorts.put(front, new Targets(service.affinity(), targets));
      if (service.policy().outside()) {
        outside.put(front, new Targets(service.affinity(), choice.local()));
      }
    }
  }

  private static List<Choice.Candidate> candidates(ServiceView.Port port, List<SliceView> slices) {
    List<Choice.Candidate> all = new ArrayList<>();
    for (SliceView slice : slices) {
      for (SliceView.Port there : slice.ports()) {
        if (there.name().equals(port.name()) && there.protocol().equals(port.protocol())) {
          slice.endpoints().forEach(e -> all.add(new Choice.Candidate(e, there.port())));
        }
      }
    }
    return all;
  }
}

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
import java.util.TreeSet;

/**
 * Decides the rule set of a node; pure.
 *
 * @param apiService the virtual address of every tenant's {@code kubernetes} service
 * @param apiServers where it leads, as reachable from pods of this node
 * @param network the ranges of addresses
 */
public record ServiceRules(Front apiService, List<Target> apiServers, ServiceNetwork network) {

  /** Beyond these, further endpoints of one front are left out. */
  static final int MAX_TARGETS = 256;

  public ServiceRules {
    apiServers = List.copyOf(apiServers);
  }

  public RuleSet decide(Collection<ServiceView> services, Collection<SliceView> slices) {
    Map<String, List<SliceView>> byService = new HashMap<>();
    slices.forEach(s -> byService.computeIfAbsent(s.service(), k -> new ArrayList<>()).add(s));
    Map<Front, Targets> virtual = new HashMap<>();
    Map<Front, Targets> nodePorts = new HashMap<>();
    Set<String> beside = new HashSet<>();
    for (ServiceView service : services) {
      if (!service.clusterIp().isEmpty() && !service.clusterIp().equals(apiService.address())) {
        List<SliceView> own = byService.getOrDefault(idOf(service), List.of());
        service.ports().forEach(port -> add(service, port, own, virtual, nodePorts));
        if (!network.inServiceRange(service.clusterIp())) {
          beside.add(service.clusterIp());
        }
      }
    }
    if (!apiServers.isEmpty()) {
      virtual.put(apiService, new Targets(false, apiServers));
    }
    return new RuleSet(virtual, nodePorts, beside);
  }

  private static String idOf(ServiceView service) {
    return SliceView.serviceId(
        service.key().cluster(), service.key().namespace(), service.key().name());
  }

  private static void add(
      ServiceView service,
      ServiceView.Port port,
      List<SliceView> slices,
      Map<Front, Targets> virtual,
      Map<Front, Targets> nodePorts) {
    List<Target> targets = targets(service, port, slices);
    if (targets.isEmpty()) {
      return;
    }
    Targets all = new Targets(service.affinity(), targets);
    virtual.put(new Front(service.clusterIp(), port.protocol(), port.port()), all);
    if (port.nodePort() > 0) {
      nodePorts.put(new Front("", port.protocol(), port.nodePort()), all);
    }
  }

  /** In a fixed order, so that an unchanged service yields equal targets. */
  private static List<Target> targets(
      ServiceView service, ServiceView.Port port, List<SliceView> slices) {
    TreeSet<Target> targets =
        new TreeSet<>(
            java.util.Comparator.comparing(Target::address).thenComparingInt(Target::port));
    for (SliceView slice : slices) {
      for (SliceView.Port there : slice.ports()) {
        if (there.name().equals(port.name()) && there.protocol().equals(port.protocol())) {
          slice.endpoints().stream()
              .filter(endpoint -> endpoint.ready() || service.publishNotReady())
              .forEach(e -> targets.add(new Target(e.address(), there.port())));
        }
      }
    }
    return targets.stream().filter(t -> t.port() > 0).limit(MAX_TARGETS).toList();
  }
}

package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The endpoints of a Service, grouped by the ports they listen on: with named target ports these
 * may differ between pods.
 */
final class Backends {

  /**
   * What the endpoints of one group have in common.
   *
   * @param family {@code IPv4} or {@code IPv6}
   */
  record Group(String family, List<EndpointPort> ports) implements Comparable<Group> {

    Group {
      ports = ports.stream().sorted().toList();
    }

    @Override
    public int compareTo(Group other) {
      return Comparator.comparing(Group::family)
          .thenComparing(g -> g.ports().toString())
          .compare(this, other);
    }
  }

  private Backends() {}

  /**
   * Every group in order, its endpoints by address.
   *
   * @param zones of nodes, by their names
   */
  static TreeMap<Group, List<Endpoint>> of(
      ServiceView service, List<PodView> pods, UnaryOperator<String> zones) {
    TreeMap<Group, List<Endpoint>> groups = new TreeMap<>();
    for (PodView pod : pods) {
      if (service.selects(pod) && !pod.terminal()) {
        for (String address : pod.ips()) {
          String family = address.contains(":") ? "IPv6" : "IPv4";
          if (service.families().contains(family)) {
            groups
                .computeIfAbsent(new Group(family, ports(service, pod)), g -> new ArrayList<>())
                .add(Endpoint.of(service, pod, address, zones.apply(pod.node())));
          }
        }
      }
    }
    groups.values().forEach(list -> list.sort(Comparator.comparing(Endpoint::address)));
    return groups;
  }

  private static List<EndpointPort> ports(ServiceView service, PodView pod) {
    return service.ports().stream().flatMap(port -> port.in(pod).stream()).toList();
  }

  /** Only those that the older Endpoints kind shows: not the ones that are about to end. */
  static Map<Group, List<Endpoint>> withoutTerminating(
      ServiceView service, Map<Group, List<Endpoint>> groups) {
    TreeMap<Group, List<Endpoint>> result = new TreeMap<>();
    groups.forEach((group, endpoints) -> {
      List<Endpoint> kept =
          endpoints.stream().filter(e -> service.publishNotReady() || !e.terminating()).toList();
      if (!kept.isEmpty()) {
        result.put(group, kept);
      }
    });
    return result;
  }
}

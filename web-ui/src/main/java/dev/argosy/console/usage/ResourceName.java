package dev.argosy.console.usage;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What people call the resources of a report, and the order in which they look for them. */
final class ResourceName {

  private static final Map<String, String> NAMES =
      Map.of(
          "cpu", "CPU",
          "memory", "Memory",
          "storage", "Storage of claims",
          "ephemeral-storage", "Scratch disk",
          "network.in", "Network in",
          "network.out", "Network out",
          "loadbalancers", "Load balancers",
          "addresses", "Addresses",
          "pods", "Pods");

  private static final List<String> LAST =
      List.of(
          "storage",
          "ephemeral-storage",
          "network.in",
          "network.out",
          "loadbalancers",
          "addresses",
          "pods");

  /** CPU and memory, GPUs, what nobody foresaw, storage, networks, the rest. */
  static final Comparator<String> ORDER =
      Comparator.comparingInt(ResourceName::place).thenComparing(Comparator.naturalOrder());

  private ResourceName() {}

  /** The name itself where there is no other. */
  static String of(String resource) {
    return NAMES.getOrDefault(resource, resource);
  }

  private static int place(String resource) {
    if (resource.equals("cpu")) {
      return 0;
    }
    if (resource.equals("memory")) {
      return 1;
    }
    if (resource.contains("gpu")) {
      return 2;
    }
    int last = LAST.indexOf(resource);
    return last < 0 ? 3 : last + 4;
  }
}
